import type { AuditLogEvent } from 'discord-api-types/v10';
import { type DispatchName, intents } from '../state/dispatch.js';
import type { EventExceptionRecord, Guild, ScheduledEventRecord } from '../state/model.js';
import type { World } from '../state/world.js';
import { renderEventException } from '../views/scheduled-events.js';
import { type Actor, differences, writeAuditLog } from './audit-log.js';

type Kind = 'CREATE' | 'UPDATE' | 'DELETE';

/** Missing in discord-api-types. @see https://docs.discord.com/developers/resources/audit-log#audit-log-entry-object-audit-log-events */
const LOGGED_AS = { CREATE: 200, UPDATE: 201, DELETE: 202 } as unknown as Record<Kind, AuditLogEvent>;

interface Change {
  exception: EventExceptionRecord;
  by: Actor;
}

/** One occurrence is called off, or held at another time. */
export function createException(
  world: World,
  guild: Guild,
  event: ScheduledEventRecord,
  { exception, by }: Change,
): void {
  event.exceptions = [...(event.exceptions ?? []), exception];
  announce(world, guild, event, { kind: 'CREATE', exception, before: {}, by });
}

export function updateException(
  world: World,
  guild: Guild,
  event: ScheduledEventRecord,
  { exception, changes, by }: Change & { changes: Partial<EventExceptionRecord> },
): void {
  const before = renderEventException(event, exception);
  Object.assign(exception, changes);
  announce(world, guild, event, { kind: 'UPDATE', exception, before, by });
}

/** The occurrence is what the rule makes it again. */
export function deleteException(
  world: World,
  guild: Guild,
  event: ScheduledEventRecord,
  { exception, by }: Change,
): void {
  event.exceptions = event.exceptions?.filter((it) => it !== exception);
  announce(world, guild, event, { kind: 'DELETE', exception, before: renderEventException(event, exception), by });
}

interface Announcement extends Change {
  kind: Kind;
  before: object;
}

function announce(
  world: World,
  guild: Guild,
  event: ScheduledEventRecord,
  { kind, exception, before, by }: Announcement,
) {
  world.touch();
  const data = renderEventException(event, exception);
  const name: DispatchName = `GUILD_SCHEDULED_EVENT_EXCEPTION_${kind}`;
  const where = { guildId: guild.id, ...(event.channelId ? { channelId: event.channelId } : {}) };
  world.publish({ name, data: { ...data, guild_id: guild.id }, ...where, intents: intents.scheduledEvents });
  const changes = differences(before, kind === 'DELETE' ? {} : data);
  const options = { event_exception_id: exception.id };
  writeAuditLog(world, guild, { actionType: LOGGED_AS[kind], targetId: event.id, changes, options, by });
}
