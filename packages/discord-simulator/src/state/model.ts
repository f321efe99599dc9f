import { z } from 'zod';
import type { ChannelRecord } from './channel-records.js';
import type { Clock } from './clock.js';
import { type ScheduledEventRecord, scheduledEventRecord } from './event-records.js';
import { guildPossessions } from './guild-records.js';
import { snowflake } from './snowflake.js';

export { snowflake };
export type {
  ApplicationProfile,
  ConnectionMetadata,
  EntitlementRecord,
  ApplicationRecord,
  CommandRecord,
  GrantRecord,
} from './application-records.js';
export type { RecurrenceRecord, EventExceptionRecord, ScheduledEventRecord } from './event-records.js';
export type {
  OverwriteRecord,
  ThreadRecord,
  ForumTagRecord,
  ForumRecord,
  ChannelRecord,
  Thread,
} from './channel-records.js';
export type {
  AttachmentRecord,
  MessageRecord,
  MessageReferenceRecord,
  MessageSnapshotRecord,
  PollRecord,
  ReactionRecord,
} from './message-records.js';

/**
 * What the simulator remembers. Each record is written once as a zod schema, because the very same shape is read back from disk;
 * the JSON that Discord sends is rendered from these records in `views/`.
 */

const jsonObject = z.record(z.string(), z.unknown());

/** @see https://docs.discord.com/developers/resources/user#application-role-connection-object */
const roleConnectionRecord = z.object({
  platformName: z.string().nullable(),
  platformUsername: z.string().nullable(),
  metadata: z.record(z.string(), z.string()),
});

export const userRecord = z.object({
  id: snowflake,
  username: z.string(),
  globalName: z.string().nullable(),
  avatar: z.string().nullable(),
  isBot: z.boolean(),
  locale: z.string(),
  email: z.string().nullable(),
  banner: z.string().nullable().optional(),
  /** What applications know of them elsewhere, by application. */
  roleConnections: z.record(snowflake, roleConnectionRecord).optional(),
});

export const memberRecord = z.object({
  userId: snowflake,
  nick: z.string().nullable(),
  roleIds: z.array(snowflake),
  joinedAt: z.string(),
  timeoutUntil: z.string().nullable(),
  /** Kept from interacting by AutoMod because of their name. */
  isQuarantined: z.boolean().optional(),
  /** How a member shows themselves in this guild alone; the images by the hash of their content. */
  profile: z
    .object({ avatar: z.string().nullable(), banner: z.string().nullable(), bio: z.string().nullable() })
    .optional(),
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
  /** Hash of the image. */
  icon: z.string().nullable().optional(),
  unicodeEmoji: z.string().nullable().optional(),
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
  /** In the audience of a stage. */
  isSuppressed: z.boolean().optional(),
  /** When they asked to speak on a stage. */
  askedToSpeakAt: z.string().optional(),
});

/** A stage that is live. @see https://docs.discord.com/developers/resources/stage-instance */
export const stageInstanceRecord = z.object({
  id: snowflake,
  channelId: snowflake,
  topic: z.string(),
  privacyLevel: z.number(),
  eventId: snowflake.nullable(),
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
  /** Whom alone it lets in, and when that was set. */
  targets: z.object({ userIds: z.array(snowflake), setAt: z.string() }).optional(),
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
  /** Word lists, by Discord's numbers. */
  presets: z.array(z.number()).optional(),
  watchesRaids: z.boolean().optional(),
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
  stageInstances: z.array(stageInstanceRecord).default([]),
  ...guildPossessions,
});

export type UserRecord = z.infer<typeof userRecord>;
export type MemberRecord = z.infer<typeof memberRecord>;
export type RoleRecord = z.infer<typeof roleRecord>;
export type VoiceStateRecord = z.infer<typeof voiceStateRecord>;
export type StageInstanceRecord = z.infer<typeof stageInstanceRecord>;
export type InviteRecord = z.infer<typeof inviteRecord>;
export type AutoModerationRuleRecord = z.infer<typeof autoModerationRuleRecord>;
export type PresenceRecord = z.infer<typeof presenceRecord>;
export type BanRecord = z.infer<typeof banRecord>;
export type AuditLogRecord = z.infer<typeof auditLogRecord>;
export type RoleConnection = z.infer<typeof roleConnectionRecord>;

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
  /** By channel. */
  stageInstances: Map<string, StageInstanceRecord>;
}
