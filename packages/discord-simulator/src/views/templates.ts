import { ChannelType } from 'discord-api-types/v10';
import type { TemplateRecord } from '../state/guild-records.js';
import type { ChannelRecord, Guild } from '../state/model.js';
import type { World } from '../state/world.js';
import { renderUser, userOf } from './users.js';

/** @see https://docs.discord.com/developers/resources/guild-template#guild-template-object */
export function renderTemplate(world: World, guild: Guild, template: TemplateRecord): object {
  const isDirty = JSON.stringify(serialiseGuild(guild)) !== JSON.stringify(template.snapshot);
  return {
    code: template.code,
    name: template.name,
    description: template.description,
    usage_count: template.usageCount,
    creator_id: template.creatorId,
    creator: renderUser(userOf(world, template.creatorId)),
    created_at: template.createdAt,
    updated_at: template.updatedAt,
    source_guild_id: guild.id,
    serialized_source_guild: template.snapshot,
    is_dirty: isDirty ? true : null,
  };
}

/** A guild as a template keeps it: numbers stand in for ids, 0 for `@everyone`. */
export function serialiseGuild(guild: Guild): Record<string, unknown> {
  const { settings } = guild;
  const roles = [...guild.roles.values()].sort((left, right) => left.position - right.position);
  const channels = [...guild.channels.values()];
  const numbers: Numbers = {
    roles: new Map(roles.map(({ id }, index) => [id, index])),
    channels: new Map(channels.map(({ id }, index) => [id, index + 1])),
  };
  const placeOf = (id: string | null) => placeholder(numbers.channels, id);
  return {
    name: guild.name,
    description: guild.description,
    region: null,
    verification_level: settings.verificationLevel,
    default_message_notifications: settings.defaultNotifications,
    explicit_content_filter: settings.contentFilter,
    preferred_locale: guild.preferredLocale,
    afk_channel_id: placeOf(settings.afkChannelId),
    afk_timeout: settings.afkTimeoutSeconds,
    system_channel_id: placeOf(settings.systemChannelId),
    system_channel_flags: settings.systemChannelFlags,
    roles: roles.map((role, index) => ({
      id: index,
      name: role.name,
      permissions: role.permissions,
      color: role.color,
      colors: { primary_color: role.color, secondary_color: null, tertiary_color: null },
      hoist: role.isHoisted,
      mentionable: role.isMentionable,
      icon: null,
      unicode_emoji: null,
    })),
    channels: channels.map((channel) => serialiseChannel(channel, numbers)),
  };
}

interface Numbers {
  roles: ReadonlyMap<string, number>;
  channels: ReadonlyMap<string, number>;
}

function placeholder(numbers: ReadonlyMap<string, number>, id: string | null): string | null {
  const number = numbers.get(id ?? '');
  return number === undefined ? null : String(number);
}

function serialiseChannel(channel: ChannelRecord, numbers: Numbers): object {
  return {
    id: numbers.channels.get(channel.id),
    type: channel.type,
    name: channel.name,
    position: channel.position,
    topic: channel.topic,
    bitrate: channel.bitrate ?? 64_000,
    user_limit: channel.userLimit ?? 0,
    nsfw: channel.isNsfw,
    rate_limit_per_user: channel.slowmodeSeconds,
    parent_id: placeholder(numbers.channels, channel.parentId),
    default_auto_archive_duration: channel.defaultAutoArchiveMinutes ?? null,
    // Members do not come along.
    permission_overwrites: channel.overwrites.flatMap(({ id, ...overwrite }) => {
      const number = placeholder(numbers.roles, id);
      return number === null ? [] : [{ id: number, ...overwrite }];
    }),
    available_tags: channel.type === ChannelType.GuildForum ? [] : null,
    template: '',
    default_reaction_emoji: null,
    default_thread_rate_limit_per_user: channel.threadSlowmodeSeconds ?? null,
    default_sort_order: channel.forum?.sortOrder ?? null,
    default_forum_layout: channel.forum?.layout ?? null,
    default_tag_setting: channel.forum?.tagSetting ?? null,
    theme_color: null,
  };
}
