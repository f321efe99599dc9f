import { GuildScheduledEventEntityType as EntityType, PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import type { FastifyRequest } from 'fastify';
import type { Guild, ScheduledEventRecord } from '../state/model.js';
import { channelPermissions, guildPermissions } from '../state/permissions.js';
import type { World } from '../state/world.js';
import { requireBot } from './access.js';
import { missingPermissions, unknown } from './errors.js';

/** What it takes beside the permission for events, by where they are held. */
const NEEDED: Partial<Record<number, bigint>> = {
  [EntityType.StageInstance]: Permission.ManageChannels | Permission.MuteMembers | Permission.MoveMembers,
  [EntityType.Voice]: Permission.ViewChannel | Permission.Connect,
};

export function requireEvent(guild: Guild, request: FastifyRequest): ScheduledEventRecord {
  const event = guild.scheduledEvents.get((request.params as { eventId: string }).eventId);
  if (!event) throw unknown.scheduledEvent();
  return event;
}

/** Whoever may create events may also change their own. @see https://docs.discord.com/developers/resources/guild-scheduled-event#guild-scheduled-event-object-permissions-requirements */
export function requireMayManage(
  world: World,
  guild: Guild,
  request: FastifyRequest,
  event: Pick<ScheduledEventRecord, 'channelId' | 'entityType'> & { creatorId?: string },
): void {
  const { userId } = requireBot(request);
  const channel = guild.channels.get(event.channelId ?? '');
  const held = channel ? channelPermissions(world, channel, userId) : guildPermissions(guild, userId);
  const isOwn = event.creatorId === undefined || event.creatorId === userId;
  const permission = Permission.ManageEvents | (isOwn ? Permission.CreateEvents : 0n);
  const needed = NEEDED[event.entityType] ?? 0n;
  if (!(held & permission) || (held & needed) !== needed) throw missingPermissions();
}
