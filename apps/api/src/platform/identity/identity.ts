import type { Capability, PlatformRole, Snowflake } from '@guildhall/contracts';

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

/** An automation with a key of a guild. */
export interface ApiKeyIdentity {
  kind: 'apiKey';
  apiKeyId: string;
  guildId: Snowflake;
  /** What the key was given; it is good for no more than its creator still holds. */
  capabilities: readonly Capability[];
  /** Null for the bootstrap key of the environment. */
  createdBy: { accountId: string; discordId: Snowflake | null } | null;
}

export type Identity = AccountIdentity | InteractionIdentity | ApiKeyIdentity;

/** The caller as a key of counters and records: one string a person or automation. */
export function callerOf(identity: Identity): string {
  switch (identity.kind) {
    case 'account':
      return `account:${identity.accountId}`;
    case 'interaction':
      return `discord:${identity.discordId}`;
    case 'apiKey':
      return `api-key:${identity.apiKeyId}`;
  }
}
