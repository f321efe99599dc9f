import { AuditLogEvent } from 'discord-api-types/v10';
import { type DispatchName, intents } from '../state/dispatch.js';
import type { Guild, ScheduledEventRecord } from '../state/model.js';
import type { World } from '../state/world.js';
import { renderScheduledEvent } from '../views/scheduled-events.js';
import { type Actor, differences, writeAuditLog } from './audit-log.js';

export type ScheduledEventDraft = Omit<ScheduledEventRecord, 'id' | 'creatorId' | 'status' | 'userIds'>;

/** @see https://docs.discord.com/developers/resources/guild-scheduled-event */
export function createScheduledEvent(
  world: World,
  guild: Guild,
  draft: ScheduledEventDraft,
  by: Actor,
): ScheduledEventRecord {
  const event = { ...draft, id: world.snowflakes.next(), creatorId: by.userId, status: 1, userIds: [] };
  guild.scheduledEvents.set(event.id, event);
  publishEvent(world, guild, event, 'GUILD_SCHEDULED_EVENT_CREATE');
  const changes = differences({}, renderScheduledEvent(guild, event));
  const actionType = AuditLogEvent.GuildScheduledEventCreate;
  writeAuditLog(world, guild, { actionType, targetId: event.id, changes, by });
  return event;
}

export type ScheduledEventChanges = Partial<ScheduledEventDraft & Pick<ScheduledEventRecord, 'status'>>;

export function updateScheduledEvent(
  world: World,
  guild: Guild,
  event: ScheduledEventRecord,
  { changes, by }: { changes: ScheduledEventChanges; by: Actor },
): void {
  const before = renderScheduledEvent(guild, event);
  Object.assign(event, changes);
  publishEvent(world, guild, event, 'GUILD_SCHEDULED_EVENT_UPDATE');
  const entry = { targetId: event.id, changes: differences(before, renderScheduledEvent(guild, event)), by };
  writeAuditLog(world, guild, { actionType: AuditLogEvent.GuildScheduledEventUpdate, ...entry });
}

export function deleteScheduledEvent(world: World, guild: Guild, event: ScheduledEventRecord, by: Actor): void {
  guild.scheduledEvents.delete(event.id);
  publishEvent(world, guild, event, 'GUILD_SCHEDULED_EVENT_DELETE');
  const entry = { targetId: event.id, changes: differences(renderScheduledEvent(guild, event), {}), by };
  writeAuditLog(world, guild, { actionType: AuditLogEvent.GuildScheduledEventDelete, ...entry });
}

/** A person is interested, or no longer. */
export function setInterest(
  world: World,
  guild: Guild,
  event: ScheduledEventRecord,
  { userId, isInterested }: { userId: string; isInterested: boolean },
): void {
  if (event.userIds.includes(userId) === isInterested) return;
  event.userIds = isInterested ? [...event.userIds, userId] : event.userIds.filter((id) => id !== userId);
  world.touch();
  world.publish({
    name: isInterested ? 'GUILD_SCHEDULED_EVENT_USER_ADD' : 'GUILD_SCHEDULED_EVENT_USER_REMOVE',
    data: { guild_scheduled_event_id: event.id, user_id: userId, guild_id: guild.id },
    guildId: guild.id,
    intents: intents.scheduledEvents,
  });
}

function publishEvent(
  world: World,
  guild: Guild,
  event: ScheduledEventRecord,
  name: Extract<DispatchName, `GUILD_SCHEDULED_EVENT_${'CREATE' | 'UPDATE' | 'DELETE'}`>,
): void {
  world.touch();
  world.publish({
    name,
    data: renderScheduledEvent(guild, event),
    guildId: guild.id,
    ...(event.channelId ? { channelId: event.channelId } : {}),
    intents: intents.scheduledEvents,
  });
}
