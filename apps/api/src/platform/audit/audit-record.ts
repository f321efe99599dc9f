import type { AuditAction, AuditOrigin, Snowflake } from '@guildhall/contracts';
import type { Actor } from '../identity/actor.js';

/** A change as its feature describes it to the audit log. */
export interface AuditRecord {
  action: AuditAction;
  /** Null for changes of the instance rather than of a guild. */
  guildId: Snowflake | null;
  actor: Actor;
  /** Only where the actor does not tell: `job` and `command-line`. */
  origin?: AuditOrigin;
  target: AuditTarget;
  /** The fields that changed, and nothing secret. */
  before?: Record<string, unknown>;
  after?: Record<string, unknown>;
  reason?: string;
}

export interface AuditTarget {
  id: string | null;
  /** As people know it. */
  name?: string;
  /** Where the target is a person: whose data this is. */
  accountId?: string;
  discordId?: Snowflake;
}
