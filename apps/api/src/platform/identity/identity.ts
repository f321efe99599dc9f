import type { PlatformRole, Snowflake } from '@guildhall/contracts';

/** A person with an account, by access token. */
export interface AccountIdentity {
  kind: 'account';
  accountId: string;
  sessionId: string;
  /** Null for an account without a Discord identity. */
  discordId: Snowflake | null;
  role: PlatformRole;
  /** When the access token expires. */
  expiresAt: Date;
}

/** A member for whom the bot calls, with what Discord said about them a moment ago. Never carries a platform role. */
export interface InteractionIdentity {
  kind: 'interaction';
  discordId: Snowflake;
  guildId: Snowflake;
  roleIds: readonly Snowflake[];
  /** The member's permission bits in the channel of the interaction. */
  permissions: string;
}

export type Identity = AccountIdentity | InteractionIdentity;
