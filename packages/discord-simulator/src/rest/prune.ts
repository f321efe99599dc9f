import { PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { prunableMembers, pruneMembers } from '../actions/prune.js';
import type { SimulatorContext } from '../context.js';
import { type Guild, snowflake } from '../state/model.js';
import { guildPermissions } from '../state/permissions.js';
import { actorOf, requireBot, requireGuildPermission } from './access.js';
import { missingPermissions, parseForm, unknown } from './errors.js';

const PATH = '/guilds/:guildId/prune';
const DEFAULT_DAYS = 7;

const roleList = z
  .union([z.array(snowflake), z.string().transform((text) => text.split(',').filter((id) => id !== ''))])
  .pipe(z.array(snowflake).max(100))
  .nullish();
const countQuery = z.looseObject({
  days: z.coerce.number().int().min(1).max(30).default(DEFAULT_DAYS),
  include_roles: roleList,
});
const pruneBody = z.looseObject({
  days: z.number().int().min(1).max(30).nullish(),
  compute_prune_count: z.boolean().nullish(),
  include_roles: roleList,
});

/** @see https://docs.discord.com/developers/resources/guild#get-guild-prune-count */
export function pruneRoutes(app: FastifyInstance, { world }: SimulatorContext): void {
  app.get(PATH, (request) => {
    const guild = requirePruner(request);
    const { days, include_roles } = parseForm(countQuery, request.query);
    return { pruned: prunableMembers(world, guild, { days, roleIds: knownRoles(guild, include_roles) }).length };
  });

  app.post(PATH, (request) => {
    const guild = requirePruner(request);
    const body = parseForm(pruneBody, request.body);
    const terms = { days: body.days ?? DEFAULT_DAYS, roleIds: knownRoles(guild, body.include_roles) };
    const pruned = pruneMembers(world, guild, terms, actorOf(request));
    return { pruned: body.compute_prune_count === false ? null : pruned };
  });

  function requirePruner(request: FastifyRequest): Guild {
    requireGuildPermission(world, request, Permission.ManageGuild);
    const guild = requireGuildPermission(world, request, Permission.KickMembers);
    const isAdministrator = guildPermissions(guild, requireBot(request).userId) & Permission.Administrator;
    if (guild.settings.features.includes('PRUNE_REQUIRES_ADMIN') && !isAdministrator) throw missingPermissions();
    return guild;
  }
}

function knownRoles(guild: Guild, roleIds: readonly string[] | null | undefined): readonly string[] {
  if (roleIds?.some((id) => !guild.roles.has(id))) throw unknown.role();
  return roleIds ?? [];
}
