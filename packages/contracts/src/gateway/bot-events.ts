import { z } from 'zod';
import { automodExecutionSchema } from '../automod/index.js';
import { channelSchema } from '../channels/index.js';
import { discordAuditEntrySchema } from '../discord-audit/index.js';
import { inviteSchema } from '../invites/index.js';
import { discordUserSchema, memberSchema } from '../members/index.js';
import { messageSchema } from '../messages/index.js';
import { instantSchema } from '../platform/lists.js';
import { snowflakeSchema } from '../platform/snowflake.js';
import { presenceSchema } from '../presences/index.js';
import { roleSchema } from '../roles/index.js';
import { scheduledEventSchema } from '../scheduled-events/index.js';
import { voiceStateSchema } from '../voice/index.js';

/** A guild as its dispatches describe it, without its parts. */
export const guildFactsSchema = z.object({
  id: snowflakeSchema,
  name: z.string(),
  icon: z.string().nullable(),
  ownerId: snowflakeSchema,
  preferredLocale: z.string(),
});
export type GuildFacts = z.infer<typeof guildFactsSchema>;

const deletionSchema = z.object({ id: snowflakeSchema });

/** A guild with all its roles and channels: whatever is absent from it no longer exists. */
export const guildSnapshotSchema = z.object({
  guild: guildFactsSchema,
  memberCount: z.int(),
  roles: z.array(roleSchema),
  channels: z.array(channelSchema),
});
export type GuildSnapshot = z.infer<typeof guildSnapshotSchema>;

/** One of `count` parts of a whole member list; members in none of them have left. */
export const memberChunkSchema = z.object({
  /** The same for all parts of one list. */
  syncId: z.string(),
  index: z.int().min(0),
  count: z.int().min(1),
  members: z.array(memberSchema).max(1000),
});
export type MemberChunk = z.infer<typeof memberChunkSchema>;

/** As many messages as Discord gives at once. */
export const MAX_HISTORY_MESSAGES = 100;

/** Messages of one channel that were written before the bot was there to hear them. */
export const messageHistorySchema = z.object({
  channelId: snowflakeSchema,
  messages: z.array(messageSchema).max(MAX_HISTORY_MESSAGES),
  /** Whether these are the last ones of the guild's import. */
  isComplete: z.boolean(),
});
export type MessageHistory = z.infer<typeof messageHistorySchema>;

/** As many people as one part of a list tells about, here and at Discord. */
export const MAX_LISTED_PEOPLE = 1000;

/**
 * Which part of a list by user id this is: everybody from `after` (exclusive) to `through` (inclusive) whom it does not
 * name is not on the list. Each part stands for itself, whatever became of the others.
 */
const peopleRangeSchema = z.object({
  /** 0 for the first part. */
  after: snowflakeSchema,
  /** Null for the last part. */
  through: snowflakeSchema.nullable(),
});
export type PeopleRange = z.infer<typeof peopleRangeSchema>;

/** A part of a guild's ban list, as Discord answered. */
const banChunkSchema = peopleRangeSchema.extend({
  /** When it was asked for: a fact that was heard of later is newer. */
  readAt: instantSchema,
  bans: z.array(z.object({ user: discordUserSchema, reason: z.string().nullable() })).max(MAX_LISTED_PEOPLE),
});

/** Threads that became visible to the bot. @see https://discord.com/developers/docs/events/gateway-events#thread-list-sync */
const threadListSchema = z.object({ threads: z.array(channelSchema) });

/** The data of each type of bot event; the one place where an event's shape is written. */
export const botEventDataSchemas = {
  /** After READY: the guild is as described, whatever was known before. */
  guild_sync: guildSnapshotSchema,
  /** The bot was added to the guild, or the guild came back from an outage. */
  guild_create: guildSnapshotSchema,
  guild_update: guildFactsSchema,
  /** The bot was removed from the guild. */
  guild_delete: deletionSchema,
  channel_create: channelSchema,
  channel_update: channelSchema,
  channel_delete: deletionSchema,
  thread_list_sync: threadListSchema,
  role_create: roleSchema,
  role_update: roleSchema,
  role_delete: deletionSchema,
  member_chunk: memberChunkSchema,
  member_add: memberSchema,
  member_update: memberSchema,
  member_remove: z.object({ user: discordUserSchema }),
  ban_add: z.object({ user: discordUserSchema }),
  ban_remove: z.object({ user: discordUserSchema }),
  ban_chunk: banChunkSchema,
  /** Whoever changed their status within a moment, each once. */
  presence_update: z.object({ presences: z.array(presenceSchema).max(MAX_LISTED_PEOPLE) }),
  /** With `guild_sync`: a part of all who are not offline. */
  presence_chunk: peopleRangeSchema.extend({ presences: z.array(presenceSchema).max(MAX_LISTED_PEOPLE) }),
  voice_state_update: voiceStateSchema,
  /** With `guild_sync`: all who are in a voice channel. */
  voice_state_list: z.object({ voiceStates: z.array(voiceStateSchema) }),
  invite_create: inviteSchema,
  invite_delete: z.object({ code: z.string().min(1).max(100), channelId: snowflakeSchema }),
  scheduled_event_create: scheduledEventSchema,
  scheduled_event_update: scheduledEventSchema,
  scheduled_event_delete: scheduledEventSchema,
  /** With `guild_sync`: all that are to come or under way. */
  scheduled_event_list: z.object({ scheduledEvents: z.array(scheduledEventSchema) }),
  automod_execution: automodExecutionSchema,
  audit_log_entry: discordAuditEntrySchema,
  message_create: messageSchema,
  message_update: messageSchema,
  message_delete: deletionSchema.extend({ channelId: snowflakeSchema }),
  message_delete_bulk: z.object({ ids: z.array(snowflakeSchema).max(1000), channelId: snowflakeSchema }),
  /** After the first contact with a guild: a part of what was written there in the days before. */
  message_history: messageHistorySchema,
} as const satisfies Record<string, z.ZodType>;

export type BotEventType = keyof typeof botEventDataSchemas;
export type BotEventData<T extends BotEventType> = z.infer<(typeof botEventDataSchemas)[T]>;

export const BOT_EVENT_TYPES = Object.keys(botEventDataSchemas) as BotEventType[];

/** What the bot tells the API about one dispatch; `data` is checked by the schema of its type. */
export const botEventEnvelopeSchema = z.object({
  id: z.uuid(),
  type: z.string().min(1).max(50),
  guildId: snowflakeSchema,
  userId: snowflakeSchema.optional(),
  channelId: snowflakeSchema.optional(),
  data: z.unknown(),
  /** When the bot received the dispatch. */
  timestamp: instantSchema,
});

export type BotEventEnvelope = z.infer<typeof botEventEnvelopeSchema>;

/** An envelope whose data was checked. */
export type BotEvent<T extends BotEventType = BotEventType> = {
  [K in T]: Omit<BotEventEnvelope, 'type' | 'data'> & { type: K; data: BotEventData<K> };
}[T];
