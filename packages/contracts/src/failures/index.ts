import { z } from 'zod';
import { instantSchema, pageQuerySchema, pageSchema } from '../platform/lists.js';

export const failedActionStateSchema = z.enum(['open', 'retried', 'dismissed']).meta({ id: 'FailedActionState' });
export type FailedActionState = z.infer<typeof failedActionStateSchema>;

/** Background work that used up its retries. */
export const failedActionSchema = z
  .object({
    id: z.uuid(),
    /** The kind of work, e.g. `mail.send`. */
    queue: z.string(),
    /** What the work is about, without secrets. */
    summary: z.record(z.string(), z.unknown()),
    /** Code of the problem where one is known; clients have words for it. */
    reasonCode: z.string().nullable(),
    reason: z.string(),
    attempts: z.int(),
    state: failedActionStateSchema,
    failedAt: instantSchema,
    settledAt: instantSchema.nullable(),
    version: z.int(),
  })
  .meta({ id: 'FailedAction' });
export type FailedAction = z.infer<typeof failedActionSchema>;

export const failedActionPageSchema = pageSchema(failedActionSchema).meta({ id: 'FailedActionPage' });

export const failedActionQuerySchema = pageQuerySchema.extend({ state: failedActionStateSchema.optional() });
export type FailedActionQuery = z.infer<typeof failedActionQuerySchema>;
