import { z } from 'zod';
import type { Clock } from './clock.js';

/**
 * What the simulator remembers. Each record is written once as a zod schema, because the very same shape is read back from disk;
 * the JSON that Discord sends is rendered from these records in `views/`.
 */

/** A Discord id as a decimal string. @see https://docs.discord.com/developers/reference#snowflakes */
export const snowflake = z.string().regex(/^\d{1,20}$/);

const jsonObject = z.record(z.string(), z.unknown());

export const userRecord = z.object({
  id: snowflake,
  username: z.string(),
  globalName: z.string().nullable(),
  avatar: z.string().nullable(),
  isBot: z.boolean(),
  locale: z.string(),
  email: z.string().nullable(),
});

export const memberRecord = z.object({
  userId: snowflake,
  nick: z.string().nullable(),
  roleIds: z.array(snowflake),
  joinedAt: z.string(),
  timeoutUntil: z.string().nullable(),
});

export const roleRecord = z.object({
  id: snowflake,
  name: z.string(),
  color: z.number(),
  isHoisted: z.boolean(),
  isMentionable: z.boolean(),
  position: z.number(),
  permissions: z.string(),
  botId: snowflake.nullable(),
});

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
  recipientIds: z.array(snowflake),
  bitrate: z.number().optional(),
  userLimit: z.number().optional(),
  thread: threadRecord.optional(),
});

export const presenceRecord = z.object({
  status: z.enum(['online', 'idle', 'dnd', 'offline']),
  activities: z.array(jsonObject),
});

export const banRecord = z.object({ userId: snowflake, reason: z.string().nullable() });

export const auditLogRecord = z.object({
  id: snowflake,
  actionType: z.number(),
  userId: snowflake,
  targetId: snowflake.nullable(),
  reason: z.string().nullable(),
  changes: z.array(jsonObject),
  options: z.record(z.string(), z.string()).optional(),
});

export const voiceStateRecord = z.object({
  userId: snowflake,
  channelId: snowflake,
  sessionId: z.string(),
  /** Muted or deafened by a moderator, for everybody. */
  isMuted: z.boolean(),
  isDeafened: z.boolean(),
  isSelfMuted: z.boolean(),
  isSelfDeafened: z.boolean(),
});

export const inviteRecord = z.object({
  code: z.string(),
  channelId: snowflake,
  inviterId: snowflake,
  /** 0 never ends. */
  maxAgeSeconds: z.number(),
  /** 0 is without limit. */
  maxUses: z.number(),
  uses: z.number(),
  isTemporary: z.boolean(),
  createdAt: z.string(),
});

export const scheduledEventRecord = z.object({
  id: snowflake,
  channelId: snowflake.nullable(),
  creatorId: snowflake,
  name: z.string(),
  description: z.string().nullable(),
  startAt: z.string(),
  endAt: z.string().nullable(),
  status: z.number(),
  entityType: z.number(),
  location: z.string().nullable(),
  userIds: z.array(snowflake),
});

export const autoModerationRuleRecord = z.object({
  id: snowflake,
  creatorId: snowflake,
  name: z.string(),
  eventType: z.number(),
  triggerType: z.number(),
  keywords: z.array(z.string()),
  patterns: z.array(z.string()),
  allowed: z.array(z.string()),
  mentionLimit: z.number(),
  actions: z.array(
    z.object({
      type: z.number(),
      channelId: snowflake.optional(),
      timeoutSeconds: z.number().optional(),
      customMessage: z.string().optional(),
    }),
  ),
  isEnabled: z.boolean(),
  exemptRoleIds: z.array(snowflake),
  exemptChannelIds: z.array(snowflake),
});

export const guildRecord = z.object({
  id: snowflake,
  name: z.string(),
  icon: z.string().nullable(),
  description: z.string().nullable(),
  ownerId: snowflake,
  preferredLocale: z.string(),
  roles: z.array(roleRecord),
  members: z.array(memberRecord),
  bans: z.array(banRecord),
  auditLog: z.array(auditLogRecord),
  // States stored by earlier versions lack these.
  voiceStates: z.array(voiceStateRecord).default([]),
  invites: z.array(inviteRecord).default([]),
  scheduledEvents: z.array(scheduledEventRecord).default([]),
  autoModerationRules: z.array(autoModerationRuleRecord).default([]),
});

export const reactionRecord = z.object({
  emoji: z.object({ id: snowflake.nullable(), name: z.string() }),
  userIds: z.array(snowflake),
});

export const messageRecord = z.object({
  id: snowflake,
  channelId: snowflake,
  guildId: snowflake.nullable(),
  authorId: snowflake,
  type: z.number(),
  content: z.string(),
  createdAt: z.string(),
  editedAt: z.string().nullable(),
  embeds: z.array(jsonObject),
  components: z.array(jsonObject),
  mentionIds: z.array(snowflake),
  mentionRoleIds: z.array(snowflake),
  mentionsEveryone: z.boolean(),
  isTts: z.boolean(),
  isPinned: z.boolean(),
  flags: z.number(),
  nonce: z.union([z.string(), z.number()]).nullable(),
  replyTo: z.object({ messageId: snowflake, channelId: snowflake }).nullable(),
  reactions: z.array(reactionRecord),
  applicationId: snowflake.nullable(),
  interaction: z.object({ id: snowflake, type: z.number(), userId: snowflake, name: z.string().nullable() }).nullable(),
});

export const applicationRecord = z.object({
  id: snowflake,
  name: z.string(),
  botToken: z.string(),
  clientSecret: z.string(),
  redirectUris: z.array(z.string()),
  privilegedIntents: z.object({ members: z.boolean(), presence: z.boolean(), messageContent: z.boolean() }),
});

export const commandRecord = z.object({
  id: snowflake,
  applicationId: snowflake,
  guildId: snowflake.nullable(),
  version: snowflake,
  type: z.number(),
  name: z.string(),
  definition: jsonObject,
});

export const grantRecord = z.object({
  applicationId: snowflake,
  userId: snowflake,
  scopes: z.array(z.string()),
  accessToken: z.string(),
  refreshToken: z.string(),
  expiresAtMs: z.number(),
});

export type UserRecord = z.infer<typeof userRecord>;
export type MemberRecord = z.infer<typeof memberRecord>;
export type RoleRecord = z.infer<typeof roleRecord>;
export type OverwriteRecord = z.infer<typeof overwriteRecord>;
export type ChannelRecord = z.infer<typeof channelRecord>;
export type ThreadRecord = z.infer<typeof threadRecord>;
/** A channel that is a thread. */
export type Thread = ChannelRecord & { thread: ThreadRecord; guildId: string; parentId: string };
export type VoiceStateRecord = z.infer<typeof voiceStateRecord>;
export type InviteRecord = z.infer<typeof inviteRecord>;
export type ScheduledEventRecord = z.infer<typeof scheduledEventRecord>;
export type AutoModerationRuleRecord = z.infer<typeof autoModerationRuleRecord>;
export type PresenceRecord = z.infer<typeof presenceRecord>;
export type BanRecord = z.infer<typeof banRecord>;
export type AuditLogRecord = z.infer<typeof auditLogRecord>;
export type ReactionRecord = z.infer<typeof reactionRecord>;
export type MessageRecord = z.infer<typeof messageRecord>;
export type ApplicationRecord = z.infer<typeof applicationRecord>;
export type CommandRecord = z.infer<typeof commandRecord>;
export type GrantRecord = z.infer<typeof grantRecord>;

/** A guild in memory: the stored arrays become maps, so that every lookup by id is constant time. */
export interface Guild extends Omit<z.infer<typeof guildRecord>, keyof GuildMaps>, GuildMaps {}

interface GuildMaps {
  /** The time it lives in. */
  clock: Clock;
  roles: Map<string, RoleRecord>;
  members: Map<string, MemberRecord>;
  channels: Map<string, ChannelRecord>;
  /** Active and archived ones. */
  threads: Map<string, ChannelRecord>;
  bans: Map<string, BanRecord>;
  /** By user. */
  voiceStates: Map<string, VoiceStateRecord>;
  /** By code. */
  invites: Map<string, InviteRecord>;
  scheduledEvents: Map<string, ScheduledEventRecord>;
  autoModerationRules: Map<string, AutoModerationRuleRecord>;
}
