import { createHash } from 'node:crypto';
import type { AuditOrigin, Snowflake } from '@guildhall/contracts';
import type { AuditKeys } from './audit-keys.rules.js';
import { canonicalJson } from './canonical-json.rules.js';

export const AUDIT_PARTS = ['actor', 'target', 'details'] as const;
export type AuditPartName = (typeof AUDIT_PARTS)[number];

/** The personal side of an entry: what it says, and whom it is about. */
export interface AuditPart {
  body: unknown;
  accountId: string | null;
  discordId: Snowflake | null;
}

/** What the chain holds of an entry: nothing personal. */
export interface ChainEntry {
  id: string;
  guildId: Snowflake | null;
  seq: number;
  /** ISO 8601 in UTC with microseconds, as PostgreSQL keeps it. */
  at: string;
  action: string;
  origin: AuditOrigin;
  targetType: string;
  partHashes: Partial<Record<AuditPartName, string>>;
  keyId: string;
}

/** SHA-256 over salt and part, in hex: without the salt, which is erased with the part, nobody can guess at what it said. */
export function partHash(salt: Buffer, { body, accountId, discordId }: AuditPart): string {
  return createHash('sha256').update(salt).update(canonicalJson({ body, accountId, discordId })).digest('hex');
}

/**
 * What binds an entry to the one before it.
 * @param previous of the entry before it in the chain; empty for the first
 * @returns null when its key is unknown
 */
export function entryMac(keys: AuditKeys, previous: Buffer, entry: ChainEntry): Buffer | null {
  const { id, guildId, seq, at, action, origin, targetType, partHashes, keyId } = entry;
  const text = canonicalJson({ id, guildId, seq, at, action, origin, targetType, partHashes, keyId });
  return keys.mac(keyId, 'chain', previous, text);
}

/** An instant as the chain holds it. */
export function chainInstant(instant: Date): string {
  return instant.toISOString().replace('Z', '000Z');
}
