import { index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { instant, snowflake } from './columns.js';

/**
 * Messages of people. Partitioned by snowflake range in the migration, which drizzle-kit cannot express; nothing refers to
 * this table by foreign key, so that partitions can be dropped.
 */
export const messages = pgTable(
  'messages',
  {
    id: snowflake('id').primaryKey(),
    guildId: snowflake('guild_id').notNull(),
    channelId: snowflake('channel_id').notNull(),
    /** Null in the tombstone of a message that we never saw. */
    authorId: snowflake('author_id'),
    content: text('content'),
    replyToId: snowflake('reply_to_id'),
    editedAt: instant('edited_at'),
    /** A tombstone: a late `message_create` cannot bring the message back. */
    deletedAt: instant('deleted_at'),
  },
  (table) => [
    index('messages_guild_idx').on(table.guildId, table.id.desc()),
    index('messages_channel_idx').on(table.channelId, table.id.desc()),
  ],
);

/** What was attached to a message; the files themselves stay with Discord. */
export const messageAttachments = pgTable(
  'message_attachments',
  {
    messageId: snowflake('message_id').notNull(),
    id: snowflake('id').notNull(),
    filename: text('filename').notNull(),
    sizeBytes: integer('size_bytes').notNull(),
    contentType: text('content_type'),
  },
  (table) => [primaryKey({ columns: [table.messageId, table.id] })],
);
