import type { Dispatch } from '../state/dispatch.js';
import type { Guild } from '../state/model.js';
import { canView } from '../state/permissions.js';
import type { World } from '../state/world.js';
import { renderClientChannel } from './channels.js';
import { renderClientMember, renderSomebody } from './people.js';

/** A change to what the page of one person knows. */
interface Patch {
  event: 'CHANNEL_PUT' | 'CHANNEL_GONE' | 'MEMBER_PUT' | 'MEMBER_GONE' | 'GUILD_GONE' | 'GUILD_STALE' | 'VOICE_PUT';
  data: object;
}

/** Dispatches that carry a channel or a thread. */
const CHANNEL = /^(CHANNEL|THREAD)_(CREATE|UPDATE|DELETE|MEMBERS_UPDATE)$/;
/** Dispatches after which the guild with its roles and channels is told anew. */
const WHOLE_GUILD = /^GUILD_(UPDATE|ROLE_|EMOJIS_)/;

/**
 * What a dispatch changes for a member of its guild, rendered with their eyes: a channel they no longer see is gone, one they see since
 * is there. Undefined for dispatches that change nothing of the kind.
 */
export function patchesFor(world: World, userId: string, dispatch: Dispatch): Patch[] | undefined {
  const guild = world.guilds.get(dispatch.guildId ?? '');
  if (!guild || dispatch.userIds) return undefined;
  if (CHANNEL.test(dispatch.name)) return channelPatches(world, guild, { userId, dispatch });
  if (dispatch.name.startsWith('GUILD_MEMBER_')) return memberPatches(world, guild, { userId, dispatch });
  if (dispatch.name === 'VOICE_STATE_UPDATE') return [voicePatch(world, guild, { userId, dispatch })];
  if (WHOLE_GUILD.test(dispatch.name)) return [{ event: 'GUILD_STALE', data: { id: guild.id } }];
  return undefined;
}

interface Receiver {
  userId: string;
  dispatch: Dispatch;
}

function channelPatches(world: World, guild: Guild, { userId, dispatch }: Receiver): Patch[] {
  const { id } = dispatch.data as { id: string };
  const isDeleted = dispatch.name.endsWith('_DELETE');
  // Threads are seen by whoever sees the channel they are in.
  const threads = [...guild.threads.values()].filter(({ parentId, thread }) => parentId === id && !thread?.isArchived);
  const changed = [guild.channels.get(id) ?? guild.threads.get(id), ...threads];
  return changed.map((channel) =>
    !isDeleted && channel && canView(world, channel, userId)
      ? { event: 'CHANNEL_PUT', data: renderClientChannel(world, channel, userId) }
      : { event: 'CHANNEL_GONE', data: { id: channel?.id ?? id, guildId: guild.id } },
  );
}

function memberPatches(world: World, guild: Guild, { userId, dispatch }: Receiver): Patch[] {
  const { id } = (dispatch.data as { user: { id: string } }).user;
  const member = guild.members.get(id);
  if (!member) {
    if (id === userId) return [{ event: 'GUILD_GONE', data: { id: guild.id } }];
    return [{ event: 'MEMBER_GONE', data: { guildId: guild.id, id, memberCount: guild.members.size } }];
  }
  const data = {
    guildId: guild.id,
    memberCount: guild.members.size,
    member: renderClientMember(world, guild, member),
  };
  // Their own roles decide what they see.
  const own: Patch[] = id === userId ? [{ event: 'GUILD_STALE', data: { id: guild.id } }] : [];
  return [{ event: 'MEMBER_PUT', data }, ...own];
}

function voicePatch(world: World, guild: Guild, { userId, dispatch }: Receiver): Patch {
  const state = dispatch.data as { user_id: string; channel_id: string | null } & Record<string, unknown>;
  const channel = state.channel_id === null ? undefined : guild.channels.get(state.channel_id);
  const channelId = channel && canView(world, channel, userId) ? channel.id : null;
  return {
    event: 'VOICE_PUT',
    data: {
      guildId: guild.id,
      channelId,
      person: {
        ...renderSomebody(world, guild, state.user_id),
        isMuted: state['mute'] === true || state['self_mute'] === true,
        isDeafened: state['deaf'] === true || state['self_deaf'] === true,
      },
    },
  };
}
