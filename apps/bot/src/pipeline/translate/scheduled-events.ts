import type { ScheduledEvent } from '@guildhall/contracts';
import { snowflake, snowflakeOrNull } from './snowflakes.js';
import type { Translation } from './translation.js';

/** @see https://discord.com/developers/docs/resources/guild-scheduled-event#guild-scheduled-event-object */
export interface ScheduledEventPayload {
  id: string;
  guild_id: string;
  channel_id: string | null;
  creator_id?: string | null;
  name: string;
  description?: string | null;
  scheduled_start_time: string;
  scheduled_end_time: string | null;
  status: number;
  entity_type: number;
  entity_metadata: { location?: string } | null;
}

export function translateScheduledEvent(event: ScheduledEventPayload): ScheduledEvent {
  return {
    id: snowflake(event.id),
    channelId: snowflakeOrNull(event.channel_id),
    creatorId: snowflakeOrNull(event.creator_id),
    name: event.name,
    description: event.description ?? null,
    startAt: event.scheduled_start_time,
    endAt: event.scheduled_end_time,
    status: event.status,
    entityType: event.entity_type,
    location: event.entity_metadata?.location ?? null,
  };
}

type ScheduledEventChange = 'scheduled_event_create' | 'scheduled_event_update' | 'scheduled_event_delete';

const changeTo =
  (type: ScheduledEventChange) =>
  (event: ScheduledEventPayload): Translation => ({
    type,
    guildId: event.guild_id,
    data: translateScheduledEvent(event),
  });

export const scheduledEventCreate = changeTo('scheduled_event_create');
export const scheduledEventUpdate = changeTo('scheduled_event_update');
export const scheduledEventDelete = changeTo('scheduled_event_delete');

/** Everything that is to come or under way in a guild. */
export function scheduledEventList(guildId: string, events: readonly ScheduledEventPayload[]): Translation {
  return { type: 'scheduled_event_list', guildId, data: { scheduledEvents: events.map(translateScheduledEvent) } };
}
