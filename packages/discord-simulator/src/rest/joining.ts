import { PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { addMember } from '../actions/members.js';
import type { SimulatorContext } from '../context.js';
import { type Guild, snowflake } from '../state/model.js';
import { guildPermissions } from '../state/permissions.js';
import { renderMember } from '../views/users.js';
import { requireBot, requireGuildPermission } from './access.js';
import { missingPermissions, parseForm, refused, refuseUnserved } from './errors.js';
import { requireManageableRoles } from './members.js';

/** Guilds a person may be in. */
const MAX_GUILDS = 100;

const joinBody = z.looseObject({
  access_token: z.string().max(10_240),
  nick: z.string().max(32).nullish(),
  roles: z.array(snowflake).max(250).nullish(),
});

type JoinForm = z.infer<typeof joinBody>;

/** @see https://docs.discord.com/developers/resources/guild#add-guild-member */
export function joiningRoutes(app: FastifyInstance, { world }: SimulatorContext): void {
  app.put('/guilds/:guildId/members/:userId', (request, reply) => {
    const guild = requireGuildPermission(world, request, Permission.CreateInstantInvite);
    const { userId } = request.params as { userId: string };
    const body = parseForm(joinBody, request.body);
    refuseUnserved(body, ['mute', 'deaf', 'flags']);
    requireConsent(request, userId, body.access_token);
    if (guild.members.has(userId)) return reply.code(204).send();
    if (guild.bans.has(userId)) throw refused.bannedFromGuild();
    if (world.guildsOf(userId).length >= MAX_GUILDS) throw refused.tooManyGuilds();
    requireMayGive(guild, request, body);
    const member = addMember(world, guild, userId, { nick: body.nick || null, roleIds: body.roles ?? [] });
    return reply.code(201).send(renderMember(world, member));
  });

  /** The token says that this person let this application add them to guilds. */
  function requireConsent(request: FastifyRequest, userId: string, accessToken: string): void {
    const grant = world.grants.get(accessToken);
    const isValid = grant?.userId === userId && grant.expiresAtMs > world.clock.now();
    if (!isValid || grant.applicationId !== requireBot(request).application.id) throw refused.invalidAccessToken();
    if (!grant.scopes.includes('guilds.join')) throw refused.missingScope();
  }
}

function requireMayGive(guild: Guild, request: FastifyRequest, { nick, roles }: JoinForm): void {
  const held = guildPermissions(guild, requireBot(request).userId);
  if (nick && !(held & Permission.ManageNicknames)) throw missingPermissions();
  if (!roles || roles.length === 0) return;
  if (!(held & Permission.ManageRoles)) throw missingPermissions();
  requireManageableRoles(guild, request, roles);
}
