import { boolean, integer, pgTable, text } from 'drizzle-orm/pg-core';
import { createdAt, instant, snowflake, updatedAt } from './columns.js';

/** Discord servers: the tenants of everything. */
export const guilds = pgTable('guilds', {
  id: snowflake('id').primaryKey(),
  name: text('name').notNull(),
  icon: text('icon'),
  ownerId: snowflake('owner_id').notNull(),
  preferredLocale: text('preferred_locale').notNull(),
  /** As Discord counted at the last synchronisation; the members we know are counted from their rows. */
  announcedMemberCount: integer('announced_member_count').notNull().default(0),
  /** The bot that serves it. */
  botId: text('bot_id').notNull(),
  isActive: boolean('is_active').notNull().default(true),
  /** When the bot was removed; the data is deleted a retention period later. */
  deactivatedAt: instant('deactivated_at'),
  /** When roles and channels were last read as a whole. */
  syncedAt: instant('synced_at'),
  /** When the member list was last read as a whole. */
  membersSyncedAt: instant('members_synced_at'),
  createdAt: createdAt(),
  updatedAt: updatedAt(),
});
