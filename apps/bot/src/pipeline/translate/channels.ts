import type { Channel } from '@guildhall/contracts';
import { OverwriteType, type APIOverwrite } from 'discord.js';
import { snowflake, snowflakeOrNull } from './snowflakes.js';
import type { Translation } from './translation.js';

/**
 * The fields that channels and threads of a guild may carry, whatever their type.
 * @see https://discord.com/developers/docs/resources/channel#channel-object
 */
export interface ChannelPayload {
  id: string;
  type: number;
  guild_id?: string | undefined;
  name?: string | null;
  topic?: string | null;
  position?: number;
  parent_id?: string | null;
  nsfw?: boolean;
  rate_limit_per_user?: number;
  permission_overwrites?: APIOverwrite[];
  /** Threads alone have it. */
  thread_metadata?: { archived: boolean; locked: boolean };
}

export function translateChannel(channel: ChannelPayload): Channel {
  return {
    id: snowflake(channel.id),
    type: channel.type,
    name: channel.name ?? '',
    topic: channel.topic ?? null,
    position: channel.position ?? 0,
    parentId: snowflakeOrNull(channel.parent_id),
    isNsfw: channel.nsfw ?? false,
    slowmodeSeconds: channel.rate_limit_per_user ?? 0,
    isArchived: channel.thread_metadata?.archived ?? false,
    isLocked: channel.thread_metadata?.locked ?? false,
    overwrites: (channel.permission_overwrites ?? []).map(({ id, type, allow, deny }) => ({
      id: snowflake(id),
      type: type === OverwriteType.Role ? 'role' : 'member',
      allow,
      deny,
    })),
  };
}

/** Threads are channels too; a direct message has no guild and is nobody's business. */
function channelEvent(type: 'channel_create' | 'channel_update', channel: ChannelPayload): Translation | undefined {
  if (channel.guild_id === undefined) return undefined;
  return { type, guildId: channel.guild_id, channelId: snowflake(channel.id), data: translateChannel(channel) };
}

export function channelCreate(channel: ChannelPayload): Translation | undefined {
  return channelEvent('channel_create', channel);
}

export function channelUpdate(channel: ChannelPayload): Translation | undefined {
  return channelEvent('channel_update', channel);
}

export function channelDelete(channel: ChannelPayload): Translation | undefined {
  if (channel.guild_id === undefined) return undefined;
  const id = snowflake(channel.id);
  return { type: 'channel_delete', guildId: channel.guild_id, channelId: id, data: { id } };
}

/** The active threads of channels that the bot may see from now on. */
export function threadListSync({ guild_id, threads }: { guild_id: string; threads: ChannelPayload[] }): Translation {
  return { type: 'thread_list_sync', guildId: guild_id, data: { threads: threads.map(translateChannel) } };
}
