import type { Locale, MessageContentMode } from '@guildhall/contracts';
import { integer, pgTable, text } from 'drizzle-orm/pg-core';
import { snowflake, updatedAt } from './columns.js';
import { guilds } from './guilds.js';

/** What a guild's administrators chose; a guild without a row has the defaults. */
export const guildSettings = pgTable('guild_settings', {
  guildId: snowflake('guild_id')
    .primaryKey()
    .references(() => guilds.id, { onDelete: 'cascade' }),
  prefix: text('prefix').notNull(),
  /** Null follows Discord's preferred locale. */
  locale: text('locale').$type<Locale>(),
  timeZone: text('time_zone').notNull(),
  messageContent: text('message_content').$type<MessageContentMode>().notNull(),
  /** Null keeps messages until the guild's data is deleted. */
  messageRetentionDays: integer('message_retention_days'),
  disabledModules: text('disabled_modules').array().notNull(),
  version: integer('version').notNull().default(1),
  updatedAt: updatedAt(),
});
