import { GuildScheduledEventEntityType as EntityType } from 'discord-api-types/v10';
import type { EventExceptionRecord, Guild, RecurrenceRecord, ScheduledEventRecord } from '../state/model.js';

/** @see https://docs.discord.com/developers/resources/guild-scheduled-event#guild-scheduled-event-object */
export function renderScheduledEvent(guild: Guild, event: ScheduledEventRecord): object {
  const stage = guild.stageInstances.get(event.channelId ?? '');
  const isOnStage = event.entityType === Number(EntityType.StageInstance) && stage?.eventId === event.id;
  return {
    id: event.id,
    guild_id: guild.id,
    channel_id: event.channelId,
    creator_id: event.creatorId,
    name: event.name,
    description: event.description,
    image: event.imageHash ?? null,
    scheduled_start_time: event.startAt,
    scheduled_end_time: event.endAt,
    privacy_level: 2,
    status: event.status,
    entity_type: event.entityType,
    entity_id: isOnStage ? stage.id : null,
    entity_metadata: event.location === null ? null : { location: event.location },
    recurrence_rule: event.recurrence ? renderRecurrence(event.recurrence) : null,
    guild_scheduled_event_exceptions: (event.exceptions ?? []).map((it) => renderEventException(event, it)),
    user_count: event.userIds.length,
  };
}

function renderRecurrence(rule: RecurrenceRecord): object {
  return {
    start: rule.start,
    end: rule.end,
    frequency: rule.frequency,
    interval: rule.interval,
    by_weekday: rule.byWeekday,
    by_n_weekday: rule.byNthWeekday,
    by_month: rule.byMonth,
    by_month_day: rule.byMonthDay,
    by_year_day: null,
    count: null,
  };
}

/** What is said of an occurrence that departs from the rule. */
export function renderEventException(event: ScheduledEventRecord, exception: EventExceptionRecord): object {
  return {
    event_id: event.id,
    event_exception_id: exception.id,
    scheduled_start_time: exception.startAt,
    scheduled_end_time: exception.endAt,
    is_canceled: exception.isCanceled,
  };
}
