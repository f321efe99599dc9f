import {
  AuditLogEvent,
  GuildScheduledEventEntityType as EntityType,
  GuildScheduledEventStatus as Status,
} from 'discord-api-types/v10';
import { type DispatchName, intents } from '../state/dispatch.js';
import type { Guild, ScheduledEventRecord } from '../state/model.js';
import type { World } from '../state/world.js';
import { renderScheduledEvent } from '../views/scheduled-events.js';
import { type Actor, differences, writeAuditLog } from './audit-log.js';
import { armEvent, disarmEvent } from './event-schedule.js';
import { createStageInstance, deleteStageInstance } from './stages.js';

export type ScheduledEventDraft = Omit<ScheduledEventRecord, 'id' | 'creatorId' | 'status' | 'userIds' | 'exceptions'>;

/** @see https://docs.discord.com/developers/resources/guild-scheduled-event */
export function createScheduledEvent(
  world: World,
  guild: Guild,
  draft: ScheduledEventDraft,
  by: Actor,
): ScheduledEventRecord {
  const event: ScheduledEventRecord = {
    ...draft,
    id: world.snowflakes.next(),
    creatorId: by.userId,
    status: Status.Scheduled,
    userIds: [],
  };
  guild.scheduledEvents.set(event.id, event);
  armEvent(world, guild, event);
  publishEvent(world, guild, event, 'GUILD_SCHEDULED_EVENT_CREATE');
  const changes = differences({}, renderScheduledEvent(guild, event));
  const actionType = AuditLogEvent.GuildScheduledEventCreate;
  writeAuditLog(world, guild, { actionType, targetId: event.id, changes, by });
  return event;
}

export type ScheduledEventChanges = Partial<ScheduledEventDraft & Pick<ScheduledEventRecord, 'status'>>;

/** Nobody stands in the audit log for what the clock did. */
export function updateScheduledEvent(
  world: World,
  guild: Guild,
  event: ScheduledEventRecord,
  { changes, by }: { changes: ScheduledEventChanges; by?: Actor },
): void {
  const before = renderScheduledEvent(guild, event);
  const wasActive = event.status === Number(Status.Active);
  Object.assign(event, changes);
  setStage(world, guild, event, { wasActive, by });
  armEvent(world, guild, event);
  publishEvent(world, guild, event, 'GUILD_SCHEDULED_EVENT_UPDATE');
  if (!by) return;
  const entry = { targetId: event.id, changes: differences(before, renderScheduledEvent(guild, event)), by };
  writeAuditLog(world, guild, { actionType: AuditLogEvent.GuildScheduledEventUpdate, ...entry });
}

/** A stage is live as long as the event that is held on it. */
function setStage(
  world: World,
  guild: Guild,
  event: ScheduledEventRecord,
  { wasActive, by }: { wasActive: boolean; by: Actor | undefined },
): void {
  const { channelId, id, name } = event;
  const isActive = event.status === Number(Status.Active);
  if (event.entityType !== Number(EntityType.StageInstance) || channelId === null || isActive === wasActive) return;
  const stage = guild.stageInstances.get(channelId);
  if (isActive && !stage) {
    const draft = { channelId, topic: name, privacyLevel: 2, eventId: id };
    createStageInstance(world, guild, draft, by ?? { userId: event.creatorId });
  }
  if (!isActive && stage?.eventId === id) deleteStageInstance(world, guild, stage, by);
}

export function deleteScheduledEvent(world: World, guild: Guild, event: ScheduledEventRecord, by: Actor): void {
  guild.scheduledEvents.delete(event.id);
  disarmEvent(world, event);
  publishEvent(world, guild, event, 'GUILD_SCHEDULED_EVENT_DELETE');
  const entry = { targetId: event.id, changes: differences(renderScheduledEvent(guild, event), {}), by };
  writeAuditLog(world, guild, { actionType: AuditLogEvent.GuildScheduledEventDelete, ...entry });
}

export interface Interest {
  userId: string;
  isInterested: boolean;
  /** One occurrence of a recurring event, rather than all. */
  exceptionId?: string | undefined;
}

/** A person is interested, or no longer. */
export function setInterest(
  world: World,
  guild: Guild,
  event: ScheduledEventRecord,
  { userId, isInterested, exceptionId }: Interest,
): void {
  const held = exceptionId === undefined ? event : event.exceptions?.find(({ id }) => id === exceptionId);
  if (!held || held.userIds.includes(userId) === isInterested) return;
  held.userIds = isInterested ? [...held.userIds, userId] : held.userIds.filter((id) => id !== userId);
  world.touch();
  world.publish({
    name: isInterested ? 'GUILD_SCHEDULED_EVENT_USER_ADD' : 'GUILD_SCHEDULED_EVENT_USER_REMOVE',
    data: {
      guild_scheduled_event_id: event.id,
      user_id: userId,
      guild_id: guild.id,
      ...(exceptionId === undefined ? {} : { guild_scheduled_event_exception_id: exceptionId }),
    },
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
