import { z } from 'zod';
import { snowflake } from './snowflake.js';

export const overwriteRecord = z.object({
  id: snowflake,
  type: z.union([z.literal(0), z.literal(1)]),
  allow: z.string(),
  deny: z.string(),
});

/** What a thread has beyond a channel. @see https://docs.discord.com/developers/resources/channel#thread-metadata-object */
export const threadRecord = z.object({
  ownerId: snowflake,
  isArchived: z.boolean(),
  isLocked: z.boolean(),
  isInvitable: z.boolean(),
  autoArchiveMinutes: z.number(),
  createdAt: z.string(),
  /** When it was last archived or brought back. */
  archiveChangedAt: z.string(),
  messageCount: z.number(),
  totalMessagesSent: z.number(),
  members: z.array(z.object({ userId: snowflake, joinedAt: z.string() })),
  /** Tags of a post in a forum. */
  appliedTagIds: z.array(snowflake).optional(),
  /** When its duration was last changed, which counts as activity. */
  durationChangedAt: z.string().optional(),
});

/** @see https://docs.discord.com/developers/resources/channel#forum-tag-object */
export const forumTagRecord = z.object({
  id: snowflake,
  name: z.string(),
  /** Only those who manage threads may set it. */
  isModerated: z.boolean(),
  emojiId: snowflake.nullable(),
  emojiName: z.string().nullable(),
});

/** What a forum or media channel has beyond a text channel. */
export const forumRecord = z.object({
  tags: z.array(forumTagRecord),
  defaultReaction: z.object({ emojiId: snowflake.nullable(), emojiName: z.string().nullable() }).nullable(),
  sortOrder: z.number().nullable(),
  layout: z.number(),
  tagSetting: z.enum(['match_all', 'match_some']),
});

export const channelRecord = z.object({
  id: snowflake,
  type: z.number(),
  guildId: snowflake.nullable(),
  name: z.string(),
  topic: z.string().nullable(),
  position: z.number(),
  parentId: snowflake.nullable(),
  isNsfw: z.boolean(),
  slowmodeSeconds: z.number(),
  overwrites: z.array(overwriteRecord),
  lastMessageId: snowflake.nullable(),
  lastPinAt: z.string().optional(),
  recipientIds: z.array(snowflake),
  bitrate: z.number().optional(),
  userLimit: z.number().optional(),
  rtcRegion: z.string().nullable().optional(),
  videoQualityMode: z.number().optional(),
  /** What those in a voice channel say they do there. */
  voiceStatus: z.string().nullable().optional(),
  /** @see https://docs.discord.com/developers/resources/channel#channel-object-channel-flags */
  flags: z.number().optional(),
  /** What new threads take over. */
  defaultAutoArchiveMinutes: z.number().optional(),
  threadSlowmodeSeconds: z.number().optional(),
  forum: forumRecord.optional(),
  thread: threadRecord.optional(),
});

export type OverwriteRecord = z.infer<typeof overwriteRecord>;
export type ThreadRecord = z.infer<typeof threadRecord>;
export type ForumTagRecord = z.infer<typeof forumTagRecord>;
export type ForumRecord = z.infer<typeof forumRecord>;
export type ChannelRecord = z.infer<typeof channelRecord>;
/** A channel that is a thread. */
export type Thread = ChannelRecord & { thread: ThreadRecord; guildId: string; parentId: string };
