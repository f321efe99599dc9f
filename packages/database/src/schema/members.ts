import { boolean, index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { instant, snowflake, snowflakeArray, updatedAt } from './columns.js';
import { guilds } from './guilds.js';

/** Discord accounts that we have seen somewhere; names and avatars as last reported. */
export const discordUsers = pgTable('discord_users', {
  id: snowflake('id').primaryKey(),
  username: text('username').notNull(),
  globalName: text('global_name'),
  avatar: text('avatar'),
  isBot: boolean('is_bot').notNull(),
  updatedAt: updatedAt(),
});

export const members = pgTable(
  'members',
  {
    guildId: snowflake('guild_id')
      .notNull()
      .references(() => guilds.id, { onDelete: 'cascade' }),
    userId: snowflake('user_id')
      .notNull()
      .references(() => discordUsers.id),
    nickname: text('nickname'),
    avatar: text('avatar'),
    roleIds: snowflakeArray('role_ids').notNull(),
    joinedAt: instant('joined_at'),
    timeoutUntil: instant('timeout_until'),
    /** Set while the person is not in the guild. */
    leftAt: instant('left_at'),
    /** The member list that last named this person; see `member_chunk`. */
    syncId: text('sync_id'),
    updatedAt: updatedAt(),
  },
  (table) => [
    primaryKey({ columns: [table.guildId, table.userId] }),
    index('members_user_idx').on(table.userId),
    index('members_joined_idx').on(table.guildId, table.joinedAt.desc()),
    index('members_roles_idx').using('gin', table.roleIds),
  ],
);
