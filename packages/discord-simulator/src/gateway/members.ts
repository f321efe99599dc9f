import { setImmediate as nextTurn } from 'node:timers/promises';
import { GatewayIntentBits as Intent, GatewayOpcodes } from 'discord-api-types/v10';
import type { z } from 'zod';
import type { Guild, MemberRecord } from '../state/model.js';
import type { World } from '../state/world.js';
import { renderPresence } from '../views/guild-create.js';
import { renderMember } from '../views/users.js';
import type { GatewayLimits } from './limits.js';
import { MAX_MEMBERS_BY_REQUEST, type requestMembersPayload } from './payloads.js';
import type { Session } from './session.js';

/** Members per GUILD_MEMBERS_CHUNK. @see https://docs.discord.com/developers/events/gateway-events#guild-members-chunk */
const CHUNK_SIZE = 1_000;

type Request = z.infer<typeof requestMembersPayload>;

/**
 * Answers REQUEST_GUILD_MEMBERS, unless all members of the guild were requested a moment ago: RATE_LIMITED tells when they may be
 * again. A guild the bot is not in, or that is another shard's, gets no answer.
 * @see https://docs.discord.com/developers/events/gateway-events#request-guild-members
 */
export async function answerMembersRequest(
  world: World,
  session: Session,
  { request, limits }: { request: Request; limits: GatewayLimits },
): Promise<void> {
  const guildId = [request.guild_id].flat()[0] ?? '';
  const guild = world.guilds.get(guildId);
  if (!guild?.members.has(session.botId) || !session.coversGuild(guild.id)) return;
  const isWholeList = request.user_ids === undefined && request.query === '' && request.limit === 0;
  const retry_after = isWholeList ? limits.takeMemberList(session, guild.id) : 0;
  if (retry_after === 0) return sendMemberChunks(world, session, request);
  const meta = { guild_id: guild.id, ...(request.nonce === undefined ? {} : { nonce: request.nonce }) };
  const data = { opcode: GatewayOpcodes.RequestGuildMembers, retry_after, meta };
  session.dispatch('RATE_LIMITED', JSON.stringify(data));
}

/** Sends what was requested, one chunk per turn of the event loop: a guild of 50,000 holds nobody else up. */
export async function sendMemberChunks(world: World, session: Session, request: Request): Promise<void> {
  const guild = world.guilds.get([request.guild_id].flat()[0] ?? '');
  if (!guild) return;
  const { members, notFound } = selectMembers(world, guild, request, session);
  const chunkCount = Math.max(1, Math.ceil(members.length / CHUNK_SIZE));
  for (let index = 0; index < chunkCount; index += 1) {
    const chunk = members.slice(index * CHUNK_SIZE, (index + 1) * CHUNK_SIZE);
    const data = {
      guild_id: guild.id,
      members: chunk.map((member) => renderMember(world, member)),
      chunk_index: index,
      chunk_count: chunkCount,
      not_found: notFound,
      ...(request.presences && session.holds(Intent.GuildPresences)
        ? { presences: presencesOf(world, guild, chunk) }
        : {}),
      ...(request.nonce ? { nonce: request.nonce } : {}),
    };
    session.dispatch('GUILD_MEMBERS_CHUNK', JSON.stringify(data));
    await nextTurn();
  }
}

function selectMembers(world: World, guild: Guild, request: Request, session: Session) {
  if (request.user_ids !== undefined) {
    const ids = [request.user_ids].flat().slice(0, MAX_MEMBERS_BY_REQUEST);
    const members = ids.flatMap((id) => guild.members.get(id) ?? []);
    return { members, notFound: ids.filter((id) => !guild.members.has(id)) };
  }
  const query = (request.query ?? '').toLowerCase();
  // The whole list is a privilege; a search of up to 100 names is not.
  if (query === '' && !session.holds(Intent.GuildMembers)) return { members: [], notFound: [] };
  const most = query === '' ? Number.POSITIVE_INFINITY : MAX_MEMBERS_BY_REQUEST;
  const members = membersByPrefix(world, guild, query).slice(0, Math.min(request.limit || most, most));
  return { members, notFound: [] };
}

/** Members whose user name, display name or nickname begins with `prefix` (lower case). */
export function membersByPrefix(world: World, guild: Guild, prefix: string): MemberRecord[] {
  return [...guild.members.values()].filter((member) => {
    const user = world.users.get(member.userId);
    return [member.nick, user?.username, user?.globalName].some((name) => name?.toLowerCase().startsWith(prefix));
  });
}

function presencesOf(world: World, guild: Guild, members: readonly MemberRecord[]): object[] {
  return members
    .filter((member) => world.presence(member.userId).status !== 'offline')
    .map((member) => renderPresence(world, member.userId, guild.id));
}
