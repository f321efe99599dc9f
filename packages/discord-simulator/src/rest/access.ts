import { PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import type { FastifyRequest } from 'fastify';
import type {
  ApplicationRecord,
  ChannelRecord,
  GrantRecord,
  Guild,
  MemberRecord,
  MessageRecord,
} from '../state/model.js';
import { channelPermissions, guildPermissions } from '../state/permissions.js';
import type { World } from '../state/world.js';
import type { Actor } from '../actions/audit-log.js';
import { formError, missingAccess, missingPermissions, refused, unauthorized, unknown } from './errors.js';

/** Who sends a request: a bot with its token, or a person through an application they authorised. */
export type Caller =
  | { kind: 'bot'; userId: string; application: ApplicationRecord }
  | { kind: 'person'; userId: string; grant: GrantRecord };

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller | null;
  }
}

export function identifyCaller(world: World, authorization: string | undefined): Caller | null {
  const [scheme, token = ''] = (authorization ?? '').split(' ');
  if (scheme === 'Bot') {
    const application = world.applicationByToken(token);
    return application ? { kind: 'bot', userId: application.id, application } : null;
  }
  if (scheme === 'Bearer') {
    const grant = world.grants.get(token);
    return grant && grant.expiresAtMs > world.clock.now() ? { kind: 'person', userId: grant.userId, grant } : null;
  }
  return null;
}

export function requireCaller(request: FastifyRequest): Caller {
  if (!request.caller) throw unauthorized();
  return request.caller;
}

export function requireBot(request: FastifyRequest): Extract<Caller, { kind: 'bot' }> {
  const caller = requireCaller(request);
  if (caller.kind !== 'bot') throw unauthorized();
  return caller;
}

/** The bot as the author of a change, with the reason it gave. */
export function actorOf(request: FastifyRequest): Actor {
  const header = request.headers['x-audit-log-reason'];
  const reason = typeof header === 'string' ? decodeReason(header) : null;
  return { userId: requireBot(request).userId, reason: reason === '' ? null : reason };
}

/** The header is percent-encoded UTF-8 of up to 512 characters. @throws DiscordError 50035 */
function decodeReason(header: string): string {
  let reason = header;
  try {
    reason = decodeURIComponent(header);
  } catch {
    // A reason with a bare percent sign was not encoded: it is taken as it stands.
  }
  if (reason.length > 512) throw formError(['reason'], 'BASE_TYPE_MAX_LENGTH', 'Must be 512 or fewer in length.');
  return reason;
}

/** The guild, if the bot is in it; a guild it is not in is inaccessible, as on Discord. */
export function requireGuild(world: World, request: FastifyRequest): Guild {
  const { guildId = '' } = request.params as { guildId?: string };
  const { userId } = requireBot(request);
  const guild = world.guilds.get(guildId);
  if (!guild) throw unknown.guild();
  if (!guild.members.has(userId)) throw missingAccess();
  return guild;
}

export function requireGuildPermission(world: World, request: FastifyRequest, permission: bigint): Guild {
  const guild = requireGuild(world, request);
  if (!(guildPermissions(guild, requireBot(request).userId) & permission)) throw missingPermissions();
  return guild;
}

export function requireMember(guild: Guild, request: FastifyRequest): MemberRecord {
  const member = guild.members.get((request.params as { userId: string }).userId);
  if (!member) throw unknown.member();
  return member;
}

/** The channel, if the bot can view it and holds all of `permissions` in it. */
export function requireChannel(world: World, request: FastifyRequest, permissions = 0n): ChannelRecord {
  const { channelId = '' } = request.params as { channelId?: string };
  const { userId } = requireBot(request);
  const channel = world.channel(channelId);
  if (!channel) throw unknown.channel();
  const held = channelPermissions(world, channel, userId);
  if (!(held & Permission.ViewChannel)) throw missingAccess();
  if ((held & permissions) !== permissions) throw missingPermissions();
  return channel;
}

export function requireMessage(world: World, request: FastifyRequest, channel: ChannelRecord): MessageRecord {
  const message = world.history(channel.id).get((request.params as { messageId: string }).messageId);
  if (!message) throw unknown.message();
  return message;
}

/** The application the path names, by id or `@me`: its own bot's. @throws DiscordError 10002, or 20012 for another's */
export function requireOwnApplication(world: World, request: FastifyRequest): ApplicationRecord {
  const { application } = requireBot(request);
  const { applicationId } = request.params as { applicationId: string };
  if (applicationId === '@me' || applicationId === application.id) return application;
  if (!world.applications.has(applicationId)) throw unknown.application();
  throw refused.foreignApplication();
}

/** Whoever calls, if what they granted covers it; bots need no scope. @throws DiscordError 50026 */
export function requireScope(request: FastifyRequest, scope: string): Caller {
  const caller = requireCaller(request);
  if (caller.kind === 'person' && !caller.grant.scopes.includes(scope)) throw refused.missingScope();
  return caller;
}

/** A person who calls through the application that the path names. @throws DiscordError 20012 for another application */
export function requirePerson(world: World, request: FastifyRequest, scope?: string) {
  const caller = scope === undefined ? requireCaller(request) : requireScope(request, scope);
  if (caller.kind !== 'person') throw unauthorized();
  const application = world.applications.get((request.params as { applicationId: string }).applicationId);
  if (!application) throw unknown.application();
  if (application.id !== caller.grant.applicationId) throw refused.foreignApplication();
  return { userId: caller.userId, application };
}
