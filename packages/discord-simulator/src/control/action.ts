import { z } from 'zod';
import { snowflake } from '../state/model.js';
import type { Control } from './control.js';

export const inGuild = z.object({ guildId: snowflake });
export const ofMember = inGuild.extend({ userId: snowflake });
export const bigintText = z.string().regex(/^\d+$/).transform(BigInt);

/** One action: what it takes, and what it does. */
export function action<Schema extends z.ZodType>(
  schema: Schema,
  run: (control: Control, input: z.infer<Schema>) => unknown,
) {
  return (control: Control, body: unknown) => run(control, schema.parse(body ?? {}));
}
