import type { Snowflake } from '@guildhall/contracts';

/** Discord's own word on who has which roles right now, for what must not be decided by a copy. */
export abstract class FreshMembers {
  /**
   * The roles of a member without that of everybody; null for who is not in the guild.
   * @throws DomainError `discord-unavailable` when Discord does not say
   */
  abstract rolesOf(guildId: Snowflake, userId: Snowflake): Promise<readonly Snowflake[] | null>;
}
