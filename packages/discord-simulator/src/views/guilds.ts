import { ChannelType } from 'discord-api-types/v10';
import type { AuditLogRecord, ChannelRecord, Guild, RoleRecord } from '../state/model.js';
import type { World } from '../state/world.js';
import { renderCall, renderForum, renderThreadDefaults } from './channel-parts.js';
import { renderEmoji, renderSticker } from './expressions.js';
import { featuresOf, renderIncidents, renderSettings } from './guild-settings.js';
import { isThread, renderThread } from './threads.js';
import { renderUser, userOf } from './users.js';

/** @see https://docs.discord.com/developers/topics/permissions#role-object */
export function renderRole(role: RoleRecord): object {
  return {
    id: role.id,
    name: role.name,
    color: role.color,
    colors: { primary_color: role.color, secondary_color: null, tertiary_color: null },
    hoist: role.isHoisted,
    icon: role.icon ?? null,
    unicode_emoji: role.unicodeEmoji ?? null,
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
      last_pin_timestamp: channel.lastPinAt ?? null,
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
    flags: channel.flags ?? 0,
  };
  if (channel.type === ChannelType.GuildCategory) return base;
  return {
    ...base,
    ...renderCall(channel),
    ...renderThreadDefaults(channel),
    ...renderForum(channel),
    topic: channel.topic,
    rate_limit_per_user: channel.slowmodeSeconds,
    last_message_id: channel.lastMessageId,
    last_pin_timestamp: channel.lastPinAt ?? null,
  };
}

/** What a guild shows of itself to anybody. */
function renderFace(guild: Guild): object {
  return {
    id: guild.id,
    name: guild.name,
    icon: guild.icon,
    description: guild.description,
    home_header: null,
    splash: null,
    discovery_splash: null,
    features: featuresOf(guild),
  };
}

/** The guild's own attributes, without channels and members. @see https://docs.discord.com/developers/resources/guild#guild-object */
export function renderGuild(guild: Guild): object {
  return {
    ...renderFace(guild),
    banner: null,
    owner_id: guild.ownerId,
    application_id: null,
    region: 'rotterdam',
    mfa_level: 0,
    max_presences: null,
    max_members: 500_000,
    max_stage_video_channel_users: 50,
    max_video_channel_users: 25,
    premium_tier: 0,
    premium_subscription_count: 0,
    preferred_locale: guild.preferredLocale,
    ...renderSettings(guild),
    nsfw: false,
    nsfw_level: 0,
    incidents_data: renderIncidents(guild),
    roles: [...guild.roles.values()].map(renderRole),
    emojis: guild.emojis.map(renderEmoji),
    stickers: guild.stickers.map((sticker) => renderSticker(guild, sticker)),
  };
}

/** @see https://docs.discord.com/developers/resources/guild#guild-preview-object */
export function renderPreview(world: World, guild: Guild): object {
  return {
    ...renderFace(guild),
    approximate_member_count: guild.members.size,
    approximate_presence_count: onlineCount(world, guild),
    emojis: guild.emojis.map(renderEmoji),
    stickers: guild.stickers.map((sticker) => renderSticker(guild, sticker)),
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
