import { z } from 'zod';
import { snowflake } from './snowflake.js';

/** @see https://docs.discord.com/developers/resources/guild-scheduled-event#guild-scheduled-event-recurrence-rule-object */
export const recurrenceRecord = z.object({
  start: z.string(),
  end: z.string().nullable(),
  frequency: z.number(),
  interval: z.number(),
  byWeekday: z.array(z.number()).nullable(),
  byNthWeekday: z.array(z.object({ n: z.number(), day: z.number() })).nullable(),
  byMonth: z.array(z.number()).nullable(),
  byMonthDay: z.array(z.number()).nullable(),
});

/** One occurrence of a recurring event that is called off or held at another time. */
export const eventExceptionRecord = z.object({
  /** Tells which: the smallest id of the moment it was to begin. */
  id: snowflake,
  startAt: z.string().nullable(),
  endAt: z.string().nullable(),
  isCanceled: z.boolean(),
  userIds: z.array(snowflake),
});

export const scheduledEventRecord = z.object({
  id: snowflake,
  channelId: snowflake.nullable(),
  creatorId: snowflake,
  name: z.string(),
  description: z.string().nullable(),
  startAt: z.string(),
  endAt: z.string().nullable(),
  status: z.number(),
  entityType: z.number(),
  location: z.string().nullable(),
  userIds: z.array(snowflake),
  imageHash: z.string().nullable().optional(),
  recurrence: recurrenceRecord.nullable().optional(),
  exceptions: z.array(eventExceptionRecord).optional(),
});

export type RecurrenceRecord = z.infer<typeof recurrenceRecord>;
export type EventExceptionRecord = z.infer<typeof eventExceptionRecord>;
export type ScheduledEventRecord = z.infer<typeof scheduledEventRecord>;
