import type { PresenceStatus } from '@guildhall/contracts';
import { boolean, index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { instant, snowflake } from './columns.js';
import { guilds } from './guilds.js';

const guildId = () =>
  snowflake('guild_id')
    .notNull()
    .references(() => guilds.id, { onDelete: 'cascade' });

/** How Discord shows a member right now; whoever has no row is offline. */
export const presences = pgTable(
  'presences',
  {
    guildId: guildId(),
    userId: snowflake('user_id').notNull(),
    status: text('status').$type<PresenceStatus>().notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.guildId, table.userId] })],
);

/** Who is in which voice channel right now, and who was in one. */
export const voiceStates = pgTable(
  'voice_states',
  {
    guildId: guildId(),
    userId: snowflake('user_id').notNull(),
    /** Null after the person left: a tombstone, so that an older fact cannot put them back. */
    channelId: snowflake('channel_id'),
    isMuted: boolean('is_muted').notNull(),
    isDeafened: boolean('is_deafened').notNull(),
    isStreaming: boolean('is_streaming').notNull(),
    /** Since when in this channel. */
    since: instant('since').notNull(),
    /** When we last heard of it. */
    reportedAt: instant('reported_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.guildId, table.userId] }),
    index('voice_states_channel_idx').on(table.channelId),
  ],
);
