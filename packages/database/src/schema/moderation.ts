import { boolean, index, integer, jsonb, pgTable, primaryKey, smallint, text, uuid } from 'drizzle-orm/pg-core';
import { instant, snowflake } from './columns.js';
import { discordUsers } from './members.js';
import { guilds } from './guilds.js';

const guildId = () =>
  snowflake('guild_id')
    .notNull()
    .references(() => guilds.id, { onDelete: 'cascade' });

/** Who is banned on Discord. */
export const bans = pgTable(
  'bans',
  {
    guildId: guildId(),
    userId: snowflake('user_id')
      .notNull()
      .references(() => discordUsers.id),
    reason: text('reason'),
    /** Null for a ban that was found rather than seen. */
    bannedAt: instant('banned_at'),
    /** A tombstone: the ban was lifted. */
    liftedAt: instant('lifted_at'),
    /** When we last heard of it; an older fact does not overwrite a newer one. */
    reportedAt: instant('reported_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.guildId, table.userId] })],
);

export const invites = pgTable(
  'invites',
  {
    code: text('code').primaryKey(),
    guildId: guildId(),
    channelId: snowflake('channel_id').notNull(),
    inviterId: snowflake('inviter_id'),
    maxUses: integer('max_uses').notNull(),
    maxAgeSeconds: integer('max_age_seconds').notNull(),
    isTemporary: boolean('is_temporary').notNull(),
    createdAt: instant('created_at').notNull(),
    deletedAt: instant('deleted_at'),
  },
  (table) => [index('invites_guild_idx').on(table.guildId)],
);

/** Discord's own scheduled events. */
export const scheduledEvents = pgTable(
  'scheduled_events',
  {
    id: snowflake('id').primaryKey(),
    guildId: guildId(),
    channelId: snowflake('channel_id'),
    creatorId: snowflake('creator_id'),
    name: text('name').notNull(),
    description: text('description'),
    startAt: instant('start_at').notNull(),
    endAt: instant('end_at'),
    /** @see https://discord.com/developers/docs/resources/guild-scheduled-event */
    status: smallint('status').notNull(),
    entityType: smallint('entity_type').notNull(),
    location: text('location'),
    deletedAt: instant('deleted_at'),
    /** When we last heard of it. */
    reportedAt: instant('reported_at').notNull(),
  },
  (table) => [index('scheduled_events_guild_idx').on(table.guildId, table.startAt)],
);

/** What Discord's own AutoMod did. */
export const automodExecutions = pgTable(
  'automod_executions',
  {
    /** The bot event's id: the dispatch has none of its own. */
    id: uuid('id').primaryKey(),
    guildId: guildId(),
    ruleId: snowflake('rule_id').notNull(),
    triggerType: smallint('trigger_type').notNull(),
    actionType: smallint('action_type').notNull(),
    userId: snowflake('user_id').notNull(),
    channelId: snowflake('channel_id'),
    messageId: snowflake('message_id'),
    matchedKeyword: text('matched_keyword'),
    at: instant('at').notNull(),
  },
  (table) => [index('automod_executions_guild_idx').on(table.guildId, table.at.desc())],
);

/** Entries of Discord's own audit log. */
export const discordAuditEntries = pgTable(
  'discord_audit_entries',
  {
    id: snowflake('id').primaryKey(),
    guildId: guildId(),
    /** Who did it; null for Discord itself. */
    userId: snowflake('user_id'),
    targetId: text('target_id'),
    actionType: smallint('action_type').notNull(),
    reason: text('reason'),
    changes: jsonb('changes'),
    options: jsonb('options'),
  },
  (table) => [index('discord_audit_entries_guild_idx').on(table.guildId, table.id.desc())],
);
