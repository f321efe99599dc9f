import { bigint, index, jsonb, pgTable, primaryKey, smallint, text, uuid } from 'drizzle-orm/pg-core';
import { createdAt, ownId, snowflake, updatedAt } from './columns.js';

/**
 * How far each lane of each outbox was stored. Moving a row forward, in the transaction that stores the batch, gives order,
 * removes duplicates and fences several APIs.
 */
export const lanes = pgTable(
  'lanes',
  {
    outboxId: uuid('outbox_id').notNull(),
    lane: smallint('lane').notNull(),
    botId: text('bot_id').notNull(),
    seq: bigint('seq', { mode: 'number' }).notNull(),
    updatedAt: updatedAt(),
  },
  (table) => [primaryKey({ columns: [table.outboxId, table.lane] })],
);

/** Bot events that could not be stored; an operator sees them and can send them again. */
export const setAsideEvents = pgTable(
  'set_aside_events',
  {
    id: ownId(),
    outboxId: uuid('outbox_id').notNull(),
    lane: smallint('lane').notNull(),
    seq: bigint('seq', { mode: 'number' }).notNull(),
    guildId: snowflake('guild_id'),
    type: text('type'),
    body: jsonb('body').notNull(),
    reason: text('reason').notNull(),
    createdAt: createdAt(),
  },
  (table) => [index('set_aside_events_created_idx').on(table.createdAt)],
);

/** How many realtime emissions each topic of a guild has had; a client that sees a gap fetches again. */
export const topicVersions = pgTable(
  'topic_versions',
  {
    guildId: snowflake('guild_id').notNull(),
    topic: text('topic').notNull(),
    version: bigint('version', { mode: 'number' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.guildId, table.topic] })],
);
