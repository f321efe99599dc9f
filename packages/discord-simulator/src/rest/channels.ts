import { PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { createChannel, deleteChannel, updateChannel } from '../actions/channels.js';
import { deleteThread } from '../actions/threads.js';
import type { SimulatorContext } from '../context.js';
import type { ChannelRecord, Guild } from '../state/model.js';
import { renderChannel } from '../views/guilds.js';
import { isThread } from '../views/threads.js';
import { actorOf, requireChannel, requireGuildPermission } from './access.js';
import { channelChangesFrom, channelCreateBody, channelPatchBody } from './channel-form.js';
import { parseForm, refused } from './errors.js';
import { requireGrantable } from './overwrites.js';
import { changeThread } from './thread-changes.js';

/** Channels per guild, with its categories. */
const MAX_CHANNELS = 500;

/** @see https://docs.discord.com/developers/resources/channel */
export function channelRoutes(app: FastifyInstance, { world }: SimulatorContext): void {
  app.post('/guilds/:guildId/channels', (request, reply) => {
    const guild = requireGuildPermission(world, request, Permission.ManageChannels);
    const body = parseForm(channelCreateBody, request.body);
    const changes = channelChangesFrom(world, body, { guild });
    requireGrantable(guild, request, changes.overwrites ?? []);
    if (guild.channels.size >= MAX_CHANNELS) throw refused.tooManyChannels();
    const channel = createChannel(world, guild, { ...changes, name: changes.name ?? body.name }, actorOf(request));
    return reply.code(201).send(renderChannel(world, channel));
  });

  app.get('/channels/:channelId', (request) => renderChannel(world, requireChannel(world, request)));

  app.patch('/channels/:channelId', (request) => {
    const channel = requireChannel(world, request);
    if (isThread(channel)) return renderChannel(world, changeThread(world, request, channel));
    const guild = requireOwnChannel(request, channel);
    const body = parseForm(channelPatchBody, request.body);
    const changes = channelChangesFrom(world, body, { guild, channel });
    if (changes.overwrites) {
      requireChannel(world, request, Permission.ManageRoles);
      requireGrantable(guild, request, changes.overwrites);
    }
    updateChannel(world, channel, changes, actorOf(request));
    return renderChannel(world, channel);
  });

  app.delete('/channels/:channelId', (request) => {
    const channel = requireChannel(world, request);
    const guild = channel.guildId ? world.guilds.get(channel.guildId) : undefined;
    const rendered = renderChannel(world, channel);
    if (!guild) return rendered;
    requireChannel(world, request, channel.thread ? Permission.ManageThreads : Permission.ManageChannels);
    if (isRequired(guild, channel)) throw refused.communityChannel();
    if (channel.thread) deleteThread(world, guild, channel, actorOf(request));
    else deleteChannel(world, channel, actorOf(request));
    return rendered;
  });

  function requireOwnChannel(request: FastifyRequest, channel: ChannelRecord): Guild {
    const guild = channel.guildId ? world.guilds.get(channel.guildId) : undefined;
    if (!guild) throw refused.channelType();
    requireChannel(world, request, Permission.ManageChannels);
    return guild;
  }
}

/** Communities keep the channels of their rules and of what Discord tells them. */
function isRequired({ settings }: Guild, { id }: ChannelRecord): boolean {
  const required = [settings.rulesChannelId, settings.publicUpdatesChannelId];
  return settings.features.includes('COMMUNITY') && required.includes(id);
}
