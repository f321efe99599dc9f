import { PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { type MemberChanges, removeMember, updateMember } from '../actions/members.js';
import type { SimulatorContext } from '../context.js';
import { membersByPrefix } from '../gateway/members.js';
import type { Guild, MemberRecord } from '../state/model.js';
import { guildPermissions, highestPosition, outranks } from '../state/permissions.js';
import { compareSnowflakes } from '../state/snowflake.js';
import { renderMember } from '../views/users.js';
import { actorOf, requireBot, requireGuild, requireGuildPermission, requireMember } from './access.js';
import { DiscordError, formError, missingPermissions, parseForm, refuseUnserved, unknown } from './errors.js';
import { IMAGE_BODY_BYTES } from './images.js';
import { profileFrom } from './member-profile.js';
import { memberListQuery, memberPatchBody, memberSearchQuery } from './schemas.js';
import { prepareVoiceChange } from './voice.js';

/** Longest timeout. @see https://docs.discord.com/developers/resources/guild#modify-guild-member */
const MAX_TIMEOUT_MS = 28 * 86_400_000;

/** @see https://docs.discord.com/developers/resources/guild#get-guild-member */
export function memberRoutes(app: FastifyInstance, { world }: SimulatorContext): void {
  app.get('/guilds/:guildId/members', (request) => {
    const guild = requireGuild(world, request);
    // The list is bound to the privileged intent even over REST.
    if (!requireBot(request).application.privilegedIntents.members)
      throw new DiscordError(403, 50001, 'Missing Access');
    const { limit, after } = parseForm(memberListQuery, request.query);
    return [...guild.members.values()]
      .filter((member) => compareSnowflakes(member.userId, after) > 0)
      .sort((left, right) => compareSnowflakes(left.userId, right.userId))
      .slice(0, limit)
      .map((member) => renderMember(world, member));
  });

  app.get('/guilds/:guildId/members/search', (request) => {
    const guild = requireGuild(world, request);
    const { query, limit } = parseForm(memberSearchQuery, request.query);
    return membersByPrefix(world, guild, query.toLowerCase())
      .slice(0, limit)
      .map((member) => renderMember(world, member));
  });

  app.get('/guilds/:guildId/members/:userId', (request) =>
    renderMember(world, requireMember(requireGuild(world, request), request)),
  );

  app.patch('/guilds/:guildId/members/:userId', { bodyLimit: IMAGE_BODY_BYTES }, (request) => {
    const guild = requireGuild(world, request);
    const isSelf = ['@me', requireBot(request).userId].includes((request.params as { userId: string }).userId);
    const member = isSelf ? guild.members.get(requireBot(request).userId) : requireMember(guild, request);
    if (!member) throw unknown.member();
    const body = parseForm(memberPatchBody, request.body);
    refuseUnserved(body, ['flags', ...(isSelf ? [] : ['avatar', 'banner', 'bio'])]);
    const changes = changesFrom(guild, member, body);
    for (const permission of permissionsFor(changes, isSelf))
      requirePermissionOver(guild, request, { member, permission, isSelf });
    if (changes.roleIds) requireManageableRoles(guild, request, difference(member.roleIds, changes.roleIds));
    const changeVoice = prepareVoiceChange(world, guild, request, { member, body });
    const profile = profileFrom(world, guild, member, body);
    updateMember(world, guild, member, { changes: { ...changes, ...profile }, by: actorOf(request) });
    changeVoice();
    return renderMember(world, member);
  });

  app.delete('/guilds/:guildId/members/:userId', (request, reply) => {
    const guild = requireGuildPermission(world, request, Permission.KickMembers);
    const member = requireMember(guild, request);
    if (!outranks(guild, requireBot(request).userId, member.userId)) throw missingPermissions();
    removeMember(world, guild, member.userId, actorOf(request));
    return reply.code(204).send();
  });

  for (const method of ['PUT', 'DELETE'] as const) {
    app.route({
      method,
      url: '/guilds/:guildId/members/:userId/roles/:roleId',
      handler: (request, reply) => {
        const guild = requireGuildPermission(world, request, Permission.ManageRoles);
        const member = requireMember(guild, request);
        const { roleId } = request.params as { roleId: string };
        requireManageableRoles(guild, request, [roleId]);
        const others = member.roleIds.filter((id) => id !== roleId);
        const roleIds = method === 'PUT' ? [...others, roleId] : others;
        if (roleIds.length !== member.roleIds.length)
          updateMember(world, guild, member, { changes: { roleIds }, by: actorOf(request) });
        return reply.code(204).send();
      },
    });
  }
}

function changesFrom(guild: Guild, member: MemberRecord, body: z.infer<typeof memberPatchBody>): MemberChanges {
  const { nick, roles, communication_disabled_until: until } = body;
  for (const [index, id] of (roles ?? []).entries()) {
    if (!guild.roles.has(id)) throw formError(['roles', index], 'UNKNOWN_ROLE', 'Unknown role.');
  }
  if (until && Date.parse(until) > guild.clock.now() + MAX_TIMEOUT_MS) {
    throw formError(['communication_disabled_until'], 'BASE_TYPE_BAD_VALUE', 'Timeouts may last 28 days at most.');
  }
  return {
    ...(nick === undefined ? {} : { nick: nick === '' ? null : nick }),
    ...(roles === undefined ? {} : { roleIds: roles ?? member.roleIds }),
    ...(until === undefined ? {} : { timeoutUntil: until }),
  };
}

function permissionsFor(changes: MemberChanges, isSelf: boolean): bigint[] {
  return [
    ...(changes.nick === undefined ? [] : [isSelf ? Permission.ChangeNickname : Permission.ManageNicknames]),
    ...(changes.roleIds === undefined ? [] : [Permission.ManageRoles]),
    ...(changes.timeoutUntil === undefined ? [] : [Permission.ModerateMembers]),
  ];
}

interface Attempt {
  member: MemberRecord;
  permission: bigint;
  isSelf: boolean;
}

function requirePermissionOver(guild: Guild, request: FastifyRequest, { member, permission, isSelf }: Attempt): void {
  const { userId } = requireBot(request);
  if (!(guildPermissions(guild, userId) & permission)) throw missingPermissions();
  if (permission === Permission.ManageRoles) return;
  if (!isSelf && !outranks(guild, userId, member.userId)) throw missingPermissions();
  const target = guildPermissions(guild, member.userId);
  // Administrators cannot be timed out, whoever asks.
  if (permission === Permission.ModerateMembers && target & Permission.Administrator) throw missingPermissions();
}

/** Only roles below one's own highest one, and none that belongs to a bot, can be given or taken. */
export function requireManageableRoles(guild: Guild, request: FastifyRequest, roleIds: readonly string[]): void {
  const own = highestPosition(guild, requireBot(request).userId);
  for (const id of roleIds) {
    const role = guild.roles.get(id);
    if (!role) throw unknown.role();
    if (role.position >= own || role.botId !== null || role.id === guild.id) throw missingPermissions();
  }
}

function difference(left: readonly string[], right: readonly string[]): string[] {
  return [...left.filter((id) => !right.includes(id)), ...right.filter((id) => !left.includes(id))];
}
