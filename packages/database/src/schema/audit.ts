import type { AuditOrigin } from '@guildhall/contracts';
import { sql } from 'drizzle-orm';
import { bigint, index, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { bytes, instant, ownId, snowflake } from './columns.js';

/**
 * The chain: one a guild, and one of the instance (`guildId` null). It holds nothing personal: who, whom and what are in
 * `audit_parts`, of which each entry keeps salted hashes. No foreign key to the guild: the chain outlives it.
 */
export const auditEntries = pgTable(
  'audit_entries',
  {
    id: ownId(),
    guildId: snowflake('guild_id'),
    /** Gap-free in its chain, from 1. */
    seq: bigint('seq', { mode: 'number' }).notNull(),
    at: instant('at').notNull(),
    action: text('action').notNull(),
    origin: text('origin').$type<AuditOrigin>().notNull(),
    targetType: text('target_type').notNull(),
    /** Salted SHA-256 of each part, by its name. */
    partHashes: jsonb('part_hashes').$type<Record<string, string>>().notNull(),
    /** Names the key of the HMAC. */
    keyId: text('key_id').notNull(),
    /** HMAC over the entry before it and this one. */
    mac: bytes('mac').notNull(),
  },
  (table) => [
    uniqueIndex('audit_entries_chain_idx').on(sql`coalesce(${table.guildId}, 0)`, table.seq.desc()),
    index('audit_entries_at_idx').on(table.guildId, table.at.desc()),
  ],
);

/** The personal side of an entry, in parts that can be erased one by one: `actor`, `target`, `details`. */
export const auditParts = pgTable(
  'audit_parts',
  {
    entryId: uuid('entry_id')
      .notNull()
      .references(() => auditEntries.id, { onDelete: 'cascade' }),
    part: text('part').$type<'actor' | 'target' | 'details'>().notNull(),
    salt: bytes('salt').notNull(),
    body: jsonb('body').notNull(),
    /** The account or Discord user whom the part is about, for search and erasure. */
    accountId: uuid('account_id'),
    discordId: snowflake('discord_id'),
  },
  (table) => [
    primaryKey({ columns: [table.entryId, table.part] }),
    index('audit_parts_account_idx').on(table.accountId),
    index('audit_parts_discord_idx').on(table.discordId),
  ],
);
