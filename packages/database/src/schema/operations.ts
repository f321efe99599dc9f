import type { FailedActionState } from '@guildhall/contracts';
import { index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { accounts } from './auth.js';
import { bytes, createdAt, instant, ownId, snowflake } from './columns.js';

/** Answers to writes that named an idempotency key, so that a repetition gets the same one. */
export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    /** Who called: `account:<id>`, `api-key:<id>`, … */
    caller: text('caller').notNull(),
    key: text('key').notNull(),
    /** SHA-256 of method, address and body. */
    fingerprint: bytes('fingerprint').notNull(),
    /** Null while the first request is under way. */
    status: integer('status'),
    body: jsonb('body'),
    headers: jsonb('headers').$type<Record<string, string>>(),
    createdAt: createdAt(),
    /** Until when a request under way is believed to be so; afterwards its process has died. */
    lockedUntil: instant('locked_until').notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.caller, table.key] }),
    index('idempotency_keys_expires_idx').on(table.expiresAt),
  ],
);

/** Background work that used up its retries: somebody has to look. */
export const failedActions = pgTable(
  'failed_actions',
  {
    id: ownId(),
    guildId: snowflake('guild_id'),
    queue: text('queue').notNull(),
    jobId: uuid('job_id').notNull(),
    payload: jsonb('payload').notNull(),
    /** The problem's code where one is known, for the words in every language. */
    reasonCode: text('reason_code'),
    reason: text('reason').notNull(),
    attempts: integer('attempts').notNull(),
    state: text('state').$type<FailedActionState>().notNull().default('open'),
    failedAt: instant('failed_at').notNull(),
    settledAt: instant('settled_at'),
    settledBy: uuid('settled_by').references(() => accounts.id, { onDelete: 'set null' }),
    version: integer('version').notNull().default(1),
  },
  (table) => [
    uniqueIndex('failed_actions_job_idx').on(table.jobId, table.failedAt),
    index('failed_actions_guild_idx').on(table.guildId, table.state, table.failedAt.desc()),
  ],
);

/** Copies of a person's data that they asked for. */
export const dataExports = pgTable(
  'data_exports',
  {
    id: ownId(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    state: text('state').$type<'pending' | 'ready' | 'failed'>().notNull().default('pending'),
    /** In the file store. */
    fileKey: text('file_key'),
    sizeBytes: integer('size_bytes'),
    createdAt: createdAt(),
    finishedAt: instant('finished_at'),
    expiresAt: instant('expires_at').notNull(),
  },
  (table) => [index('data_exports_account_idx').on(table.accountId)],
);

/** Who was erased, as a keyed hash of the Discord id: what was theirs before that instant is not stored again. */
export const erasures = pgTable('erasures', {
  discordIdHash: bytes('discord_id_hash').primaryKey(),
  erasedAt: instant('erased_at').notNull(),
});
