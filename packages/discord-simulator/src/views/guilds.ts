import { ChannelType } from 'discord-api-types/v10';
import type { AuditLogRecord, ChannelRecord, CommandRecord, Guild, RoleRecord } from '../state/model.js';
import type { World } from '../state/world.js';
import { isThread, renderThread } from './threads.js';
import { renderUser, userOf } from './users.js';

/** Bits per second of a voice channel. */
const DEFAULT_BITRATE = 64_000;

/** @see https://docs.discord.com/developers/topics/permissions#role-object */
export function renderRole(role: RoleRecord): object {
  return {
    id: role.id,
    name: role.name,
    color: role.color,
    colors: { primary_color: role.color, secondary_color: null, tertiary_color: null },
    hoist: role.isHoisted,
    icon: null,
    unicode_emoji: null,
    position: role.position,
    permissions: role.permissions,
    managed: role.botId !== null,
    mentionable: role.isMentionable,
    flags: 0,
    ...(role.botId ? { tags: { bot_id: role.botId } } : {}),
  };
}

/** @see https://docs.discord.com/developers/resources/channel#channel-object */
export function renderChannel(world: World, channel: ChannelRecord): object {
  if (!channel.guildId) {
    return {
      id: channel.id,
      type: ChannelType.DM,
      flags: 0,
      last_message_id: channel.lastMessageId,
      recipients: channel.recipientIds.map((id) => renderUser(userOf(world, id))),
    };
  }
  if (isThread(channel)) return renderThread(channel);
  const base = {
    id: channel.id,
    type: channel.type,
    guild_id: channel.guildId,
    name: channel.name,
    position: channel.position,
    parent_id: channel.parentId,
    permission_overwrites: channel.overwrites,
    nsfw: channel.isNsfw,
    flags: 0,
  };
  if (channel.type === ChannelType.GuildCategory) return base;
  const voice =
    channel.type === ChannelType.GuildVoice
      ? { bitrate: channel.bitrate ?? DEFAULT_BITRATE, user_limit: channel.userLimit ?? 0, rtc_region: null }
      : {};
  return {
    ...base,
    ...voice,
    topic: channel.topic,
    rate_limit_per_user: channel.slowmodeSeconds,
    last_message_id: channel.lastMessageId,
    last_pin_timestamp: null,
  };
}

/** The guild's own attributes, without channels and members. @see https://docs.discord.com/developers/resources/guild#guild-object */
export function renderGuild(guild: Guild): object {
  return {
    id: guild.id,
    name: guild.name,
    icon: guild.icon,
    description: guild.description,
    home_header: null,
    splash: null,
    discovery_splash: null,
    features: ['COMMUNITY'],
    banner: null,
    owner_id: guild.ownerId,
    application_id: null,
    region: 'rotterdam',
    afk_channel_id: null,
    afk_timeout: 300,
    system_channel_id: null,
    system_channel_flags: 0,
    widget_enabled: false,
    widget_channel_id: null,
    verification_level: 1,
    default_message_notifications: 1,
    mfa_level: 0,
    explicit_content_filter: 2,
    max_presences: null,
    max_members: 500_000,
    max_stage_video_channel_users: 50,
    max_video_channel_users: 25,
    vanity_url_code: null,
    premium_tier: 0,
    premium_subscription_count: 0,
    preferred_locale: guild.preferredLocale,
    rules_channel_id: null,
    safety_alerts_channel_id: null,
    public_updates_channel_id: null,
    premium_progress_bar_enabled: false,
    nsfw: false,
    nsfw_level: 0,
    incidents_data: null,
    roles: [...guild.roles.values()].map(renderRole),
    emojis: [],
    stickers: [],
  };
}

export function onlineCount(world: World, guild: Guild): number {
  let online = 0;
  for (const userId of guild.members.keys()) if (world.presence(userId).status !== 'offline') online += 1;
  return online;
}

/** @see https://docs.discord.com/developers/resources/audit-log#audit-log-entry-object */
export function renderAuditLogEntry(entry: AuditLogRecord): object {
  return {
    id: entry.id,
    action_type: entry.actionType,
    user_id: entry.userId,
    target_id: entry.targetId,
    ...(entry.reason ? { reason: entry.reason } : {}),
    ...(entry.changes.length > 0 ? { changes: entry.changes } : {}),
    ...(entry.options ? { options: entry.options } : {}),
  };
}

/** @see https://docs.discord.com/developers/interactions/application-commands#application-command-object */
export function renderCommand(command: CommandRecord): object {
  return {
    id: command.id,
    application_id: command.applicationId,
    version: command.version,
    default_member_permissions: null,
    description: '',
    dm_permission: true,
    contexts: null,
    integration_types: [0],
    nsfw: false,
    ...command.definition,
    type: command.type,
    name: command.name,
    ...(command.guildId ? { guild_id: command.guildId } : {}),
  };
}
