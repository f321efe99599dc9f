import { boolean, index, integer, pgTable, primaryKey, smallint, text } from 'drizzle-orm/pg-core';
import { instant, permissionBits, snowflake, updatedAt } from './columns.js';
import { guilds } from './guilds.js';

/** Channels, categories and threads. */
export const channels = pgTable(
  'channels',
  {
    id: snowflake('id').primaryKey(),
    guildId: snowflake('guild_id')
      .notNull()
      .references(() => guilds.id, { onDelete: 'cascade' }),
    type: smallint('type').notNull(),
    name: text('name').notNull(),
    topic: text('topic'),
    position: integer('position').notNull(),
    parentId: snowflake('parent_id'),
    isNsfw: boolean('is_nsfw').notNull(),
    slowmodeSeconds: integer('slowmode_seconds').notNull(),
    /** Of threads. */
    isArchived: boolean('is_archived').notNull().default(false),
    isLocked: boolean('is_locked').notNull().default(false),
    /** A tombstone: a late `channel_create` cannot bring the channel back. */
    deletedAt: instant('deleted_at'),
    updatedAt: updatedAt(),
  },
  (table) => [index('channels_guild_idx').on(table.guildId)],
);

/** Permissions that differ in a channel for a role or a member. */
export const channelOverwrites = pgTable(
  'channel_overwrites',
  {
    channelId: snowflake('channel_id')
      .notNull()
      .references(() => channels.id, { onDelete: 'cascade' }),
    /** The role or the member. */
    subjectId: snowflake('subject_id').notNull(),
    type: text('type').$type<'role' | 'member'>().notNull(),
    allow: permissionBits('allow').notNull(),
    deny: permissionBits('deny').notNull(),
  },
  (table) => [primaryKey({ columns: [table.channelId, table.subjectId] })],
);
