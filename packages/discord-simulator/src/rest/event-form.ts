import {
  ChannelType,
  GuildScheduledEventEntityType as EntityType,
  GuildScheduledEventStatus as Status,
} from 'discord-api-types/v10';
import { z } from 'zod';
import type { ScheduledEventChanges, ScheduledEventDraft } from '../actions/scheduled-events.js';
import { type Guild, type ScheduledEventRecord, snowflake } from '../state/model.js';
import { formError, refused } from './errors.js';
import { recurrenceFrom, recurrenceRule } from './recurrence-form.js';

export const moment = z.iso.datetime({ offset: true });

export const eventPatchBody = z.looseObject({
  name: z.string().min(1).max(100).optional(),
  description: z.string().max(1_000).nullish(),
  image: z.string().nullish(),
  scheduled_start_time: moment.optional(),
  scheduled_end_time: moment.nullish(),
  privacy_level: z.literal(2).optional(),
  entity_type: z
    .union([z.literal(EntityType.StageInstance), z.literal(EntityType.Voice), z.literal(EntityType.External)])
    .optional(),
  channel_id: snowflake.nullish(),
  entity_metadata: z.looseObject({ location: z.string().min(1).max(100).optional() }).nullish(),
  status: z.number().int().min(1).max(4).optional(),
  recurrence_rule: recurrenceRule.nullish(),
});
export const eventCreateBody = eventPatchBody.required({
  name: true,
  scheduled_start_time: true,
  privacy_level: true,
  entity_type: true,
});

/** What an event may become. @see https://docs.discord.com/developers/resources/guild-scheduled-event#guild-scheduled-event-object-guild-scheduled-event-status */
const NEXT_STATUS: Partial<Record<number, number[]>> = {
  [Status.Scheduled]: [Status.Active, Status.Canceled],
  [Status.Active]: [Status.Completed],
};

export function eventDraftFrom(body: z.infer<typeof eventCreateBody>): ScheduledEventDraft {
  return {
    name: body.name,
    description: body.description ?? null,
    startAt: body.scheduled_start_time,
    endAt: body.scheduled_end_time ?? null,
    entityType: body.entity_type,
    channelId: body.channel_id ?? null,
    location: body.entity_metadata?.location ?? null,
    recurrence: body.recurrence_rule ? recurrenceFrom(body.recurrence_rule) : null,
  };
}

/** @throws DiscordError 180000 for an event that is over, 50035 for a status it cannot have next */
export function eventChangesFrom(
  event: ScheduledEventRecord,
  body: z.infer<typeof eventPatchBody>,
): ScheduledEventChanges {
  const { status } = body;
  if (NEXT_STATUS[event.status] === undefined) throw refused.finishedEvent();
  if (status !== undefined && status !== event.status && !NEXT_STATUS[event.status]?.includes(status)) {
    throw formError(['status'], 'TRANSITION_INVALID', 'Invalid guild scheduled event status transition.');
  }
  const recurrence = body.recurrence_rule;
  return {
    ...(body.name === undefined ? {} : { name: body.name }),
    ...(body.description === undefined ? {} : { description: body.description }),
    ...(body.scheduled_start_time === undefined ? {} : { startAt: body.scheduled_start_time }),
    ...(body.scheduled_end_time === undefined ? {} : { endAt: body.scheduled_end_time }),
    ...(body.entity_type === undefined ? {} : { entityType: body.entity_type }),
    ...(body.channel_id === undefined ? {} : { channelId: body.channel_id }),
    ...(body.entity_metadata === undefined ? {} : { location: body.entity_metadata?.location ?? null }),
    ...(recurrence === undefined ? {} : { recurrence: recurrence && recurrenceFrom(recurrence) }),
    ...(status === undefined ? {} : { status }),
  };
}

const required = (path: string[]) => formError(path, 'BASE_TYPE_REQUIRED', 'This field is required');

/** Where events of a type are held. */
const HELD_IN: Partial<Record<number, ChannelType>> = {
  [EntityType.StageInstance]: ChannelType.GuildStageVoice,
  [EntityType.Voice]: ChannelType.GuildVoice,
};

/** Events outside Discord have a place and an end, others a channel of their type. */
export function requireSense(guild: Guild, event: ScheduledEventDraft): void {
  if (event.entityType === Number(EntityType.External)) {
    if (event.location === null) throw required(['entity_metadata', 'location']);
    if (event.endAt === null) throw required(['scheduled_end_time']);
    if (event.channelId !== null) throw formError(['channel_id'], 'BASE_TYPE_BAD_VALUE', 'It is held outside Discord.');
  } else if (guild.channels.get(event.channelId ?? '')?.type !== HELD_IN[event.entityType]) {
    throw required(['channel_id']);
  }
  if (event.endAt !== null && Date.parse(event.endAt) <= Date.parse(event.startAt)) {
    const code = 'GUILD_SCHEDULED_EVENT_END_BEFORE_START';
    throw formError(['scheduled_end_time'], code, 'Cannot schedule event to end before it starts.');
  }
}

/** @throws DiscordError 50035 for a moment that has passed */
export function requireFuture(startAt: string | undefined, nowMs: number): void {
  if (startAt === undefined || Date.parse(startAt) >= nowMs) return;
  const code = 'GUILD_SCHEDULED_EVENT_SCHEDULE_PAST';
  throw formError(['scheduled_start_time'], code, 'Cannot schedule event in the past.');
}
