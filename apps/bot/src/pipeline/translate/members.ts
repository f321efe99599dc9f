import type { Member } from '@guildhall/contracts';
import type { APIUser, GatewayGuildMemberRemoveDispatchData, GatewayGuildMembersChunkDispatchData } from 'discord.js';
import { snowflake } from './snowflakes.js';
import type { Translation } from './translation.js';
import { translateUser } from './users.js';

/** @see https://discord.com/developers/docs/resources/guild#guild-member-object */
export interface MemberPayload {
  user: APIUser;
  nick?: string | null;
  avatar?: string | null;
  roles: string[];
  joined_at: string | null;
  communication_disabled_until?: string | null;
}

export function translateMember(member: MemberPayload): Member {
  return {
    user: translateUser(member.user),
    nickname: member.nick ?? null,
    avatar: member.avatar ?? null,
    roleIds: member.roles.map(snowflake),
    joinedAt: member.joined_at,
    timeoutUntil: member.communication_disabled_until ?? null,
  };
}

type MemberDispatchData = MemberPayload & { guild_id: string };

function memberEvent(type: 'member_add' | 'member_update', member: MemberDispatchData): Translation {
  return { type, guildId: member.guild_id, userId: snowflake(member.user.id), data: translateMember(member) };
}

export function memberAdd(member: MemberDispatchData): Translation {
  return memberEvent('member_add', member);
}

export function memberUpdate(member: MemberDispatchData): Translation {
  return memberEvent('member_update', member);
}

export function memberRemove({ guild_id, user }: GatewayGuildMemberRemoveDispatchData): Translation {
  const data = { user: translateUser(user) };
  return { type: 'member_remove', guildId: guild_id, userId: snowflake(user.id), data };
}

/**
 * A part of the list we asked for. The nonce is ours and identifies the list; a chunk without one was asked for by
 * discord.js for a few members, and is no whole list.
 * @see https://discord.com/developers/docs/events/gateway-events#guild-members-chunk
 */
export function membersChunk(chunk: GatewayGuildMembersChunkDispatchData): Translation | undefined {
  if (chunk.nonce === undefined || !isWholeListNonce(chunk.nonce)) return undefined;
  return {
    type: 'member_chunk',
    guildId: chunk.guild_id,
    data: {
      syncId: chunk.nonce,
      index: chunk.chunk_index,
      count: chunk.chunk_count,
      members: chunk.members.map((member) => translateMember(member)),
    },
  };
}

const WHOLE_LIST_PREFIX = 'all.';

/** A new nonce for a whole list, within Discord's 32 characters. */
export function wholeListNonce(): string {
  return WHOLE_LIST_PREFIX + crypto.randomUUID().replaceAll('-', '').slice(0, 24);
}

export function isWholeListNonce(nonce: string): boolean {
  return nonce.startsWith(WHOLE_LIST_PREFIX);
}
