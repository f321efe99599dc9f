import type { Snowflake } from '@guildhall/contracts';

/**
 * Brands an id as it came from Discord. It is not parsed here: the API checks every event, and a wrong one is set aside
 * there, where an operator sees it.
 */
export function snowflake(id: string): Snowflake {
  return id as Snowflake;
}

/** The same for an id that may be absent. */
export function snowflakeOrNull(id: string | null | undefined): Snowflake | null {
  return id == null ? null : snowflake(id);
}
