import { z } from 'zod';
import { snowflake } from '../state/model.js';
import type { Control } from './control.js';

export const inGuild = z.object({ guildId: snowflake });
export const ofMember = inGuild.extend({ userId: snowflake });
export const bigintText = z.string().regex(/^\d+$/).transform(BigInt);

/** One action: what it takes, described by its one line of purpose, and what it does. */
export function action<Schema extends z.ZodType>(
  schema: Schema,
  run: (control: Control, input: z.infer<Schema>) => unknown,
) {
  return { schema, perform: (control: Control, body: unknown) => run(control, schema.parse(body ?? {})) };
}

type Given<Fields> = { [Key in keyof Fields]: Exclude<Fields[Key], undefined> };

/** The fields that were sent: an absent one must not overwrite what is there. */
export function given<Fields extends object>(fields: Fields): Given<Fields> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Given<Fields>;
}
