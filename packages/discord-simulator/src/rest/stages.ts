import { ChannelType, PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { completion, updateScheduledEvent } from '../actions/scheduled-events.js';
import { createStageInstance, deleteStageInstance, updateStageInstance } from '../actions/stages.js';
import type { SimulatorContext } from '../context.js';
import { type Guild, snowflake } from '../state/model.js';
import { channelPermissions } from '../state/permissions.js';
import type { World } from '../state/world.js';
import { renderStageInstance } from '../views/stages.js';
import { actorOf, requireBot } from './access.js';
import { missingAccess, missingPermissions, parseForm, refused, unknown } from './errors.js';

/** What makes a stage moderator. @see https://docs.discord.com/developers/resources/stage-instance#definitions */
const STAGE_MODERATOR = Permission.ManageChannels | Permission.MuteMembers | Permission.MoveMembers;

const GUILD_ONLY = 2;

const stagePatchBody = z.looseObject({
  topic: z.string().min(1).max(120).optional(),
  privacy_level: z.union([z.literal(1), z.literal(GUILD_ONLY)]).nullish(),
});
const stageCreateBody = stagePatchBody.required({ topic: true }).extend({
  channel_id: snowflake,
  send_start_notification: z.boolean().nullish(),
  guild_scheduled_event_id: snowflake.nullish(),
});

/** @see https://docs.discord.com/developers/resources/stage-instance */
export function stageRoutes(app: FastifyInstance, { world }: SimulatorContext): void {
  app.post('/stage-instances', (request) => {
    requireBot(request);
    const body = parseForm(stageCreateBody, request.body);
    // Whoever is told of the start is told as by @everyone.
    const needed = STAGE_MODERATOR | (body.send_start_notification ? Permission.MentionEveryone : 0n);
    const { guild, channel } = requireStage(world, request, { channelId: body.channel_id, needed });
    if (guild.stageInstances.has(channel.id)) throw refused.openStage();
    const eventId = body.guild_scheduled_event_id ?? null;
    if (eventId !== null && guild.scheduledEvents.get(eventId)?.channelId !== channel.id)
      throw unknown.scheduledEvent();
    const draft = { channelId: channel.id, topic: body.topic, privacyLevel: body.privacy_level ?? GUILD_ONLY, eventId };
    return renderStageInstance(guild, createStageInstance(world, guild, draft, actorOf(request)));
  });

  app.get('/stage-instances/:channelId', (request) => {
    const { guild, stage } = requireInstance(request, 0n);
    return renderStageInstance(guild, stage);
  });

  app.patch('/stage-instances/:channelId', (request) => {
    const { guild, stage } = requireInstance(request, STAGE_MODERATOR);
    const { topic, privacy_level } = parseForm(stagePatchBody, request.body);
    const changes = {
      ...(topic === undefined ? {} : { topic }),
      ...(typeof privacy_level === 'number' ? { privacyLevel: privacy_level } : {}),
    };
    updateStageInstance(world, guild, stage, { changes, by: actorOf(request) });
    return renderStageInstance(guild, stage);
  });

  app.delete('/stage-instances/:channelId', (request, reply) => {
    const { guild, stage } = requireInstance(request, STAGE_MODERATOR);
    const event = guild.scheduledEvents.get(stage.eventId ?? '');
    deleteStageInstance(world, guild, stage, actorOf(request));
    // What was held on it is over.
    if (event) updateScheduledEvent(world, guild, event, { changes: completion(event), by: actorOf(request) });
    return reply.code(204).send();
  });

  function requireInstance(request: FastifyRequest, needed: bigint) {
    const { channelId } = request.params as { channelId: string };
    const { guild, channel } = requireStage(world, request, { channelId, needed });
    const stage = guild.stageInstances.get(channel.id);
    if (!stage) throw unknown.stageInstance();
    return { guild, stage };
  }
}

function requireStage(
  world: World,
  request: FastifyRequest,
  { channelId, needed }: { channelId: string; needed: bigint },
): { guild: Guild; channel: { id: string } } {
  const channel = world.channel(channelId);
  const guild = world.guilds.get(channel?.guildId ?? '');
  if (!channel || !guild) throw unknown.channel();
  const held = channelPermissions(world, channel, requireBot(request).userId);
  if (!(held & Permission.ViewChannel)) throw missingAccess();
  if (channel.type !== ChannelType.GuildStageVoice) throw refused.channelType();
  if ((held & needed) !== needed) throw missingPermissions();
  return { guild, channel };
}
