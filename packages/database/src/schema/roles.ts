import { boolean, index, integer, pgTable, text } from 'drizzle-orm/pg-core';
import { instant, permissionBits, snowflake, updatedAt } from './columns.js';
import { guilds } from './guilds.js';

export const roles = pgTable(
  'roles',
  {
    id: snowflake('id').primaryKey(),
    guildId: snowflake('guild_id')
      .notNull()
      .references(() => guilds.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    color: integer('color').notNull(),
    position: integer('position').notNull(),
    permissions: permissionBits('permissions').notNull(),
    isManaged: boolean('is_managed').notNull(),
    isHoisted: boolean('is_hoisted').notNull(),
    isMentionable: boolean('is_mentionable').notNull(),
    /** A tombstone: a late `role_create` cannot bring the role back. */
    deletedAt: instant('deleted_at'),
    updatedAt: updatedAt(),
  },
  (table) => [index('roles_guild_idx').on(table.guildId)],
);
