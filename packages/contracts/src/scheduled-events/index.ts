import { z } from 'zod';
import { instantSchema } from '../platform/lists.js';
import { snowflakeSchema } from '../platform/snowflake.js';

/** An event of Discord's own calendar. @see https://discord.com/developers/docs/resources/guild-scheduled-event */
export const scheduledEventSchema = z
  .object({
    id: snowflakeSchema,
    /** Null for an event that is elsewhere. */
    channelId: snowflakeSchema.nullable(),
    creatorId: snowflakeSchema.nullable(),
    name: z.string(),
    description: z.string().nullable(),
    startAt: instantSchema,
    endAt: instantSchema.nullable(),
    status: z.int(),
    entityType: z.int(),
    location: z.string().nullable(),
  })
  .meta({ id: 'ScheduledEvent' });
export type ScheduledEvent = z.infer<typeof scheduledEventSchema>;
