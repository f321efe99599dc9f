import {
  GuildScheduledEventEntityType as EntityType,
  GuildScheduledEventStatus as Status,
} from 'discord-api-types/v10';
import type { Guild, ScheduledEventRecord } from '../state/model.js';
import { snowflakeAt } from '../state/snowflake.js';
import type { World } from '../state/world.js';
import { occurrencesOf } from './recurrence.js';
import { type ScheduledEventChanges, updateScheduledEvent } from './scheduled-events.js';

const MINUTE_MS = 60_000;
/** Discord says "a few hours": what has not begun by then is called off. */
const UNBEGUN_MS = 180 * MINUTE_MS;
/** Discord says "a few minutes" after the last one left. */
const EMPTY_MS = 3 * MINUTE_MS;

/**
 * Arms what happens to an event by itself: outside Discord it begins and ends at its times; in voice it is called off when nobody
 * begins it, and ends when everybody has left.
 * @see https://docs.discord.com/developers/resources/guild-scheduled-event#guild-scheduled-event-status-update-automation
 */
export function armEvent(world: World, guild: Guild, event: ScheduledEventRecord): void {
  const next = nextStep(world, guild, event);
  if (!next) return world.deadlines.clear(keyOf(event));
  world.deadlines.set(keyOf(event), next.atMs, () => {
    // It may have been deleted, or the guild replaced, since.
    const current = world.guilds.get(guild.id);
    const still = current?.scheduledEvents.get(event.id);
    if (current && still) updateScheduledEvent(world, current, still, { changes: next.changes(still) });
  });
}

const keyOf = ({ id }: ScheduledEventRecord) => `event ${id}`;

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

export function disarmEvent(world: World, event: ScheduledEventRecord): void {
  world.deadlines.clear(keyOf(event));
}

/** Somebody entered or left a channel: an event held there goes on, or is about to end. */
export function noteAttendance(world: World, guild: Guild): void {
  for (const event of guild.scheduledEvents.values()) {
    const isRunning = event.status === Number(Status.Active) && event.channelId !== null;
    // One that is about to end is left to it: others come and go elsewhere.
    if (isRunning && !(world.deadlines.has(keyOf(event)) && !isAttended(guild, event))) armEvent(world, guild, event);
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
