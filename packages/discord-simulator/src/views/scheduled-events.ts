import type { Guild, ScheduledEventRecord } from '../state/model.js';

/** @see https://docs.discord.com/developers/resources/guild-scheduled-event#guild-scheduled-event-object */
export function renderScheduledEvent(guild: Guild, event: ScheduledEventRecord): object {
  return {
    id: event.id,
    guild_id: guild.id,
    channel_id: event.channelId,
    creator_id: event.creatorId,
    name: event.name,
    description: event.description,
    image: null,
    scheduled_start_time: event.startAt,
    scheduled_end_time: event.endAt,
    privacy_level: 2,
    status: event.status,
    entity_type: event.entityType,
    entity_id: null,
    entity_metadata: event.location === null ? null : { location: event.location },
    recurrence_rule: null,
    guild_scheduled_event_exceptions: [],
    user_count: event.userIds.length,
  };
}
