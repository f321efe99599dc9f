import { z } from 'zod';

/** The largest `bigint` of SQL. Numbers of equal length compare as text, without the cost of a BigInt per id. */
const LARGEST = '9223372036854775807';

/**
 * A Discord id: an unsigned 64-bit integer written in decimal. A string in TypeScript, `bigint` in SQL, never a
 * JavaScript number, which would lose its last digits.
 * @see https://discord.com/developers/docs/reference#snowflakes
 */
export const snowflakeSchema = z
  .string()
  .regex(/^(0|[1-9]\d{0,18})$/, 'must be a Discord id')
  .refine((value) => value.length < LARGEST.length || value <= LARGEST, 'must be a Discord id')
  .brand<'Snowflake'>()
  .meta({ id: 'Snowflake', description: 'A Discord id, as a decimal string.', examples: ['175928847299117063'] });

export type Snowflake = z.infer<typeof snowflakeSchema>;

const DISCORD_EPOCH_MS = 1_420_070_400_000n;

/** The instant at which Discord made this id. */
export function snowflakeInstant(id: Snowflake): Date {
  return new Date(Number((BigInt(id) >> 22n) + DISCORD_EPOCH_MS));
}

/** The smallest id that Discord can make at `instant`; for range queries over messages by time. */
export function snowflakeAt(instant: Date): Snowflake {
  const sinceEpochMs = BigInt(instant.getTime()) - DISCORD_EPOCH_MS;
  return snowflakeSchema.parse(String((sinceEpochMs > 0n ? sinceEpochMs : 0n) << 22n));
}
