import { z } from 'zod';
import type { Play } from './play.js';

/** One kind of step: what it takes, described by its one line of purpose, and what it does. */
export interface Step {
  schema: z.ZodObject;
  perform: (play: Play, input: unknown) => unknown;
}

export function step<Schema extends z.ZodObject>(
  schema: Schema,
  run: (play: Play, input: z.infer<Schema>) => unknown,
): Step {
  // A misspelt field is refused rather than passed over.
  return { schema, perform: (play, input) => run(play, schema.strict().parse(input) as z.infer<Schema>) };
}

export const who = z.string().describe('The person, by name or id; a name that nobody has is a newcomer.');
export const place = z
  .string()
  .optional()
  .describe("The channel, by name or id; the one of the person's last action when absent.");
export const message = z.string().describe('A message: what a step kept, as "$name", or its id.');
export const withinMs = z
  .number()
  .int()
  .positive()
  .max(600_000)
  .optional()
  .describe('Real time to wait, in milliseconds.');
