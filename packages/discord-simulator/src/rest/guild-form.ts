import { ChannelType, Locale, PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { GuildChanges } from '../actions/guilds.js';
import type { GuildSettings } from '../state/guild-records.js';
import { type Guild, snowflake } from '../state/model.js';
import { guildPermissions } from '../state/permissions.js';
import { requireBot } from './access.js';
import { missingPermissions, parseForm, refused, refuseUnserved, unknown } from './errors.js';

const LEVELS = [0, 1, 2, 3, 4] as const;
const AFK_TIMEOUTS_SECONDS = [60, 300, 900, 1_800, 3_600] as const;
/** All bits that Discord documents. @see https://docs.discord.com/developers/resources/guild#guild-object-system-channel-flags */
const MAX_SYSTEM_CHANNEL_FLAGS = 63;

const oneOf = (values: readonly number[]) => z.union(values.map((value) => z.literal(value)));

/** @see https://docs.discord.com/developers/resources/guild#modify-guild-json-params */
const guildPatchBody = z.looseObject({
  name: z.string().trim().min(2).max(100).optional(),
  description: z.string().max(300).nullish(),
  icon: z.string().nullish(),
  preferred_locale: z.enum(Locale).nullish(),
  verification_level: oneOf(LEVELS).nullish(),
  default_message_notifications: oneOf([0, 1]).nullish(),
  explicit_content_filter: oneOf([0, 1, 2]).nullish(),
  afk_timeout: oneOf(AFK_TIMEOUTS_SECONDS).nullish(),
  afk_channel_id: snowflake.nullish(),
  system_channel_id: snowflake.nullish(),
  system_channel_flags: z.number().int().min(0).max(MAX_SYSTEM_CHANNEL_FLAGS).nullish(),
  rules_channel_id: snowflake.nullish(),
  public_updates_channel_id: snowflake.nullish(),
  safety_alerts_channel_id: snowflake.nullish(),
  premium_progress_bar_enabled: z.boolean().nullish(),
  features: z.array(z.string()).nullish(),
});

type GuildPatch = z.infer<typeof guildPatchBody>;

const UNSERVED = ['region', 'splash', 'banner', 'discovery_splash', 'home_header', 'owner_id'];

/** Features that can be changed, and who may. @see https://docs.discord.com/developers/resources/guild#guild-object-mutable-guild-features */
const MUTABLE_FEATURES: ReadonlyMap<string, bigint> = new Map([
  ['COMMUNITY', Permission.Administrator],
  ['DISCOVERABLE', Permission.Administrator],
  ['INVITES_DISABLED', Permission.ManageGuild],
  ['RAID_ALERTS_DISABLED', Permission.ManageGuild],
]);

/** Reads and checks a form that changes a guild; its icon is left to the caller. */
export function readGuildForm(guild: Guild, request: FastifyRequest): { changes: GuildChanges; icon?: string | null } {
  const body = parseForm(guildPatchBody, request.body);
  refuseUnserved(body, UNSERVED);
  requireChannels(guild, body);
  const settings = { ...settingsFrom(body), features: featuresFrom(guild, request, body) };
  const { name, description, icon } = body;
  const preferredLocale = body.preferred_locale === null ? Locale.EnglishUS : body.preferred_locale;
  return { changes: { name, description, preferredLocale, settings }, ...(icon === undefined ? {} : { icon }) };
}

/** `null` is the default of a new guild. */
function settingsFrom(body: GuildPatch): { [Key in keyof GuildSettings]?: GuildSettings[Key] | undefined } {
  const orDefault = <Value>(value: Value | null | undefined, initial: Value) => (value === null ? initial : value);
  return {
    verificationLevel: orDefault(body.verification_level, 0),
    defaultNotifications: orDefault(body.default_message_notifications, 0),
    contentFilter: orDefault(body.explicit_content_filter, 0),
    afkTimeoutSeconds: orDefault(body.afk_timeout, 300),
    afkChannelId: body.afk_channel_id,
    systemChannelId: body.system_channel_id,
    systemChannelFlags: orDefault(body.system_channel_flags, 0),
    rulesChannelId: body.rules_channel_id,
    publicUpdatesChannelId: body.public_updates_channel_id,
    safetyAlertsChannelId: body.safety_alerts_channel_id,
    showsBoostProgress: orDefault(body.premium_progress_bar_enabled, false),
  };
}

function requireChannels(guild: Guild, body: GuildPatch): void {
  const requireType = (id: string | null | undefined, types: readonly number[], refusal: () => Error) => {
    if (id === null || id === undefined) return;
    const channel = guild.channels.get(id);
    if (!channel) throw unknown.channel();
    if (!types.includes(channel.type)) throw refusal();
  };
  requireType(body.afk_channel_id, [ChannelType.GuildVoice], refused.channelType);
  const spoken = [ChannelType.GuildText, ChannelType.GuildAnnouncement];
  requireType(body.system_channel_id, spoken, refused.channelType);
  for (const id of [body.rules_channel_id, body.public_updates_channel_id, body.safety_alerts_channel_id])
    requireType(id, [ChannelType.GuildText], refused.communityChannelType);
}

/** What cannot be changed stays whatever the list says, as on Discord. @throws DiscordError 40006 where a feature's conditions are not met */
function featuresFrom(guild: Guild, request: FastifyRequest, body: GuildPatch): string[] | undefined {
  const { features: wanted } = body;
  if (!wanted) return undefined;
  const { settings } = guild;
  const held = guildPermissions(guild, requireBot(request).userId);
  for (const [feature, permission] of MUTABLE_FEATURES) {
    if (wanted.includes(feature) === settings.features.includes(feature)) continue;
    if (!(held & permission)) throw missingPermissions();
    if (wanted.includes(feature) && !meetsConditions(guild, feature, body)) throw refused.featureDisabled();
  }
  const kept = settings.features.filter((feature) => !MUTABLE_FEATURES.has(feature));
  return [...kept, ...wanted.filter((feature) => MUTABLE_FEATURES.has(feature))];
}

function meetsConditions({ settings }: Guild, feature: string, body: GuildPatch): boolean {
  switch (feature) {
    case 'COMMUNITY':
      return (
        (body.rules_channel_id ?? settings.rulesChannelId) !== null &&
        (body.public_updates_channel_id ?? settings.publicUpdatesChannelId) !== null
      );
    case 'DISCOVERABLE':
      // Needs a thousand members and weeks of measured activity.
      return false;
    default:
      return settings.features.includes('COMMUNITY');
  }
}
