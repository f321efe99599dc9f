import { z } from 'zod';

/**
 * The most characters that Discord takes as a reason.
 * @see https://discord.com/developers/docs/resources/audit-log
 */
export const MAX_REASON_LENGTH = 512;

/** Why somebody does something, in one line; it is also shown in Discord's own audit log. */
export const reasonSchema = z
  .string()
  .trim()
  .min(1)
  .max(MAX_REASON_LENGTH)
  .regex(/^[^\p{Cc}\u2028\u2029]*$/u, 'must be a single line')
  .meta({ examples: ['spam in #general'] });

/** The body of an action that needs no more than a reason; it may be left out altogether. */
export const reasonBodySchema = z
  .strictObject({ reason: reasonSchema.optional() })
  .default({})
  .meta({ id: 'Reason', examples: [{ reason: 'spam in #general' }] });

export type ReasonBody = z.infer<typeof reasonBodySchema>;
