import { ChannelType, MessageFlags, PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { crosspost, followChannel } from '../actions/followers.js';
import type { SimulatorContext } from '../context.js';
import { type ChannelRecord, type Guild, snowflake } from '../state/model.js';
import { channelPermissions } from '../state/permissions.js';
import type { World } from '../state/world.js';
import { renderMessage } from '../views/messages.js';
import { actorOf, requireBot, requireChannel, requireMessage } from './access.js';
import { missingAccess, missingPermissions, parseForm, refused, unknown } from './errors.js';
import { isSystemMessage } from './message-reference.js';
import { requireRoom } from './webhooks.js';

const followBody = z.looseObject({ webhook_channel_id: snowflake });

/** Following and publishing announcements. @see https://docs.discord.com/developers/resources/channel#follow-announcement-channel */
export function followerRoutes(app: FastifyInstance, { world }: SimulatorContext): void {
  app.post('/channels/:channelId/followers', (request) => {
    const channel = requireChannel(world, request);
    const guild = world.guilds.get(channel.guildId ?? '');
    if (!guild || channel.type !== ChannelType.GuildAnnouncement) throw refused.channelType();
    const { webhook_channel_id: targetId } = parseForm(followBody, request.body);
    const target = requireTarget(world, requireBot(request).userId, targetId);
    requireRoom(target.guild, target.channel.id);
    const webhook = followChannel(world, { guild, channel }, target, actorOf(request));
    return { channel_id: channel.id, webhook_id: webhook.id };
  });

  app.post('/channels/:channelId/messages/:messageId/crosspost', (request) => {
    const channel = requireChannel(world, request, Permission.SendMessages);
    if (channel.type !== ChannelType.GuildAnnouncement) throw refused.channelType();
    const message = requireMessage(world, request, channel);
    const { userId } = requireBot(request);
    if (message.authorId !== userId) requireChannel(world, request, Permission.ManageMessages);
    if (isSystemMessage(message)) throw refused.systemMessage();
    if (message.flags & MessageFlags.Crossposted) throw refused.alreadyCrossposted();
    crosspost(world, message);
    return renderMessage(world, message, { viewerId: userId });
  });
}

function requireTarget(world: World, userId: string, channelId: string): { guild: Guild; channel: ChannelRecord } {
  const channel = world.channel(channelId);
  const guild = world.guilds.get(channel?.guildId ?? '');
  if (!channel || !guild) throw unknown.channel();
  const held = channelPermissions(world, channel, userId);
  if (!(held & Permission.ViewChannel)) throw missingAccess();
  if (!(held & Permission.ManageWebhooks)) throw missingPermissions();
  const isText = channel.type === ChannelType.GuildText || channel.type === ChannelType.GuildAnnouncement;
  if (!isText) throw refused.channelType();
  return { guild, channel };
}
