import { z } from 'zod';
import { snowflake } from './snowflake.js';
import { commandPermissionsRecord, webhookRecord } from './webhook-records.js';

/**
 * What a guild owns beside channels, roles and members. Everything has a default: states stored by earlier versions lack it. Images and
 * sounds are in `World.files`, under their paths on the CDN.
 */

/** @see https://docs.discord.com/developers/resources/guild#guild-object */
const settingsRecord = z.object({
  features: z.array(z.string()).default(['COMMUNITY']),
  verificationLevel: z.number().default(1),
  defaultNotifications: z.number().default(1),
  contentFilter: z.number().default(2),
  afkChannelId: snowflake.nullable().default(null),
  afkTimeoutSeconds: z.number().default(300),
  systemChannelId: snowflake.nullable().default(null),
  systemChannelFlags: z.number().default(0),
  rulesChannelId: snowflake.nullable().default(null),
  publicUpdatesChannelId: snowflake.nullable().default(null),
  safetyAlertsChannelId: snowflake.nullable().default(null),
  showsBoostProgress: z.boolean().default(false),
  isWidgetEnabled: z.boolean().default(false),
  widgetChannelId: snowflake.nullable().default(null),
  vanityCode: z.string().nullable().default(null),
  vanityUses: z.number().default(0),
  /** Incident actions end by themselves at these moments. */
  invitesDisabledUntil: z.string().nullable().default(null),
  directMessagesDisabledUntil: z.string().nullable().default(null),
});

export const emojiRecord = z.object({
  id: snowflake,
  name: z.string(),
  creatorId: snowflake,
  isAnimated: z.boolean(),
  /** Who may use it: everybody, if empty. */
  roleIds: z.array(snowflake),
});

const stickerRecord = z.object({
  id: snowflake,
  name: z.string(),
  description: z.string(),
  tags: z.string(),
  creatorId: snowflake,
  formatType: z.number(),
});

const soundRecord = z.object({
  id: snowflake,
  name: z.string(),
  creatorId: snowflake,
  /** From 0 to 1. */
  volume: z.number(),
  emojiId: snowflake.nullable(),
  emojiName: z.string().nullable(),
});

const templateRecord = z.object({
  code: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  usageCount: z.number(),
  creatorId: snowflake,
  createdAt: z.string(),
  updatedAt: z.string(),
  /** The guild as Discord serialised it when the template was made or synchronised. */
  snapshot: z.record(z.string(), z.unknown()),
});

const welcomeScreenRecord = z.object({
  isEnabled: z.boolean(),
  description: z.string().nullable(),
  channels: z.array(
    z.object({
      channelId: snowflake,
      description: z.string(),
      emojiId: snowflake.nullable(),
      emojiName: z.string().nullable(),
    }),
  ),
});

const onboardingPromptRecord = z.object({
  id: snowflake,
  type: z.number(),
  title: z.string(),
  isSingleSelect: z.boolean(),
  isRequired: z.boolean(),
  isInOnboarding: z.boolean(),
  options: z.array(
    z.object({
      id: snowflake,
      title: z.string(),
      description: z.string(),
      emojiId: snowflake.nullable(),
      emojiName: z.string().nullable(),
      isEmojiAnimated: z.boolean(),
      roleIds: z.array(snowflake),
      channelIds: z.array(snowflake),
    }),
  ),
});

const onboardingRecord = z.object({
  isEnabled: z.boolean(),
  mode: z.number(),
  defaultChannelIds: z.array(snowflake),
  prompts: z.array(onboardingPromptRecord),
});

/** The part of a guild's record that this file describes. */
export const guildPossessions = {
  settings: settingsRecord.prefault({}),
  emojis: z.array(emojiRecord).default([]),
  stickers: z.array(stickerRecord).default([]),
  sounds: z.array(soundRecord).default([]),
  templates: z.array(templateRecord).default([]),
  welcomeScreen: welcomeScreenRecord.default({ isEnabled: false, description: null, channels: [] }),
  onboarding: onboardingRecord.default({ isEnabled: false, mode: 0, defaultChannelIds: [], prompts: [] }),
  webhooks: z.array(webhookRecord).default([]),
  commandPermissions: z.array(commandPermissionsRecord).default([]),
};

/** What a new guild owns. */
export function noPossessions() {
  return z.object(guildPossessions).parse({});
}

export type GuildSettings = z.infer<typeof settingsRecord>;
export type EmojiRecord = z.infer<typeof emojiRecord>;
export type StickerRecord = z.infer<typeof stickerRecord>;
export type SoundRecord = z.infer<typeof soundRecord>;
export type TemplateRecord = z.infer<typeof templateRecord>;
export type WelcomeScreenRecord = z.infer<typeof welcomeScreenRecord>;
export type OnboardingRecord = z.infer<typeof onboardingRecord>;
