import {
  AuditLogEvent,
  GuildScheduledEventEntityType as EntityType,
  GuildScheduledEventStatus as Status,
} from 'discord-api-types/v10';
import { type DispatchName, intents } from '../state/dispatch.js';
import type { Guild, ScheduledEventRecord } from '../state/model.js';
import { snowflakeAt } from '../state/snowflake.js';
import type { World } from '../state/world.js';
import { renderScheduledEvent } from '../views/scheduled-events.js';
import { type Actor, differences, writeAuditLog } from './audit-log.js';
import { occurrencesOf } from './recurrence.js';
import { createStageInstance, deleteStageInstance } from './stages.js';

const MINUTE_MS = 60_000;
/** Discord says "a few hours": what has not begun by then is called off. */
const UNBEGUN_MS = 180 * MINUTE_MS;
/** Discord says "a few minutes" after the last one left. */
const EMPTY_MS = 3 * MINUTE_MS;

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

/**
 * Arms what happens to an event by itself: outside Discord it begins and ends at its times; in voice it is called off when nobody
 * begins it, and ends when everybody has left.
 * @see https://docs.discord.com/developers/resources/guild-scheduled-event#guild-scheduled-event-status-update-automation
 */
export function armEvent(world: World, guild: Guild, event: ScheduledEventRecord): void {
  const next = nextStep(world, guild, event);
  if (!next) return world.deadlines.clear(deadlineKey(event));
  world.deadlines.set(deadlineKey(event), next.atMs, () => {
    // It may have been deleted, or the guild replaced, since.
    const current = world.guilds.get(guild.id);
    const still = current?.scheduledEvents.get(event.id);
    if (current && still) updateScheduledEvent(world, current, still, { changes: next.changes(still) });
  });
}

const deadlineKey = ({ id }: ScheduledEventRecord) => `event ${id}`;

interface Step {
  atMs: number;
  changes: (event: ScheduledEventRecord) => ScheduledEventChanges;
}

function nextStep(world: World, guild: Guild, event: ScheduledEventRecord): Step | undefined {
  const isOutside = event.entityType === Number(EntityType.External);
  if (event.status === Number(Status.Scheduled)) {
    const startMs = Date.parse(event.startAt);
    if (isOutside) return { atMs: startMs, changes: () => ({ status: Status.Active }) };
    return { atMs: startMs + UNBEGUN_MS, changes: () => ({ status: Status.Canceled }) };
  }
  if (event.status !== Number(Status.Active)) return undefined;
  if (isOutside) return event.endAt === null ? undefined : { atMs: Date.parse(event.endAt), changes: completion };
  return isAttended(guild, event) ? undefined : { atMs: world.clock.now() + EMPTY_MS, changes: completion };
}

function disarmEvent(world: World, event: ScheduledEventRecord): void {
  world.deadlines.clear(deadlineKey(event));
}

/** Somebody entered or left a channel: an event held there goes on, or is about to end. */
export function noteAttendance(world: World, guild: Guild): void {
  for (const event of guild.scheduledEvents.values()) {
    const isRunning = event.status === Number(Status.Active) && event.channelId !== null;
    // One that is about to end is left to it: others come and go elsewhere.
    if (isRunning && !(world.deadlines.has(deadlineKey(event)) && !isAttended(guild, event)))
      armEvent(world, guild, event);
  }
}

function isAttended(guild: Guild, event: ScheduledEventRecord): boolean {
  return [...guild.voiceStates.values()].some(({ channelId }) => channelId === event.channelId);
}

/** What the end of an event does to it: one that recurs is planned for its next occurrence that is not called off. */
export function completion(event: ScheduledEventRecord): ScheduledEventChanges {
  const durationMs = event.endAt === null ? null : Date.parse(event.endAt) - Date.parse(event.startAt);
  for (const occurrenceMs of event.recurrence ? occurrencesOf(event.recurrence) : []) {
    if (occurrenceMs <= Date.parse(event.startAt)) continue;
    const exception = event.exceptions?.find(({ id }) => id === snowflakeAt(occurrenceMs));
    if (exception?.isCanceled) continue;
    const startAt = exception?.startAt ?? new Date(occurrenceMs).toISOString();
    const endAt = durationMs === null ? null : new Date(Date.parse(startAt) + durationMs).toISOString();
    return { status: Status.Scheduled, startAt, endAt: exception?.endAt ?? endAt };
  }
  return { status: Status.Completed };
}
