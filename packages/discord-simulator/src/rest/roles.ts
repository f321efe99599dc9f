import { PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { createRole, deleteRole, type RoleChanges, updateRole } from '../actions/roles.js';
import type { SimulatorContext } from '../context.js';
import { type Guild, type RoleRecord, snowflake } from '../state/model.js';
import { highestPosition } from '../state/permissions.js';
import { renderRole } from '../views/guilds.js';
import { actorOf, requireBot, requireGuild, requireGuildPermission } from './access.js';
import { missingPermissions, parseForm, refused, unknown } from './errors.js';
import { type Image, IMAGE_BODY_BYTES, parseSmallImage } from './images.js';
import { permissionBits, requireGrantable } from './overwrites.js';

const MAX_ROLES = 250;

const roleBody = z.looseObject({
  name: z.string().min(1).max(100).nullish(),
  permissions: permissionBits.optional(),
  color: z.number().int().min(0).max(0xffffff).nullish(),
  colors: z.looseObject({ primary_color: z.number().int().min(0).max(0xffffff).nullish() }).nullish(),
  hoist: z.boolean().nullish(),
  mentionable: z.boolean().nullish(),
  icon: z.string().nullish(),
  unicode_emoji: z.string().max(100).nullish(),
});
const positionsBody = z.array(z.looseObject({ id: snowflake, position: z.number().int().min(0).nullish() }));

/** @see https://docs.discord.com/developers/resources/guild#create-guild-role */
export function roleRoutes(app: FastifyInstance, { world }: SimulatorContext): void {
  app.get('/guilds/:guildId/roles', (request) => [...requireGuild(world, request).roles.values()].map(renderRole));

  app.get('/guilds/:guildId/roles/member-counts', (request) => {
    const guild = requireGuild(world, request);
    const counts = new Map([...guild.roles.keys()].filter((id) => id !== guild.id).map((id) => [id, 0]));
    for (const { roleIds } of guild.members.values())
      for (const id of roleIds) counts.set(id, (counts.get(id) ?? 0) + 1);
    return Object.fromEntries(counts);
  });

  app.get('/guilds/:guildId/roles/:roleId', (request) =>
    renderRole(requireRole(requireGuild(world, request), request)),
  );

  app.post('/guilds/:guildId/roles', { bodyLimit: IMAGE_BODY_BYTES }, (request) => {
    const guild = requireGuildPermission(world, request, Permission.ManageRoles);
    const { changes: chosen, icon } = readRoleForm(guild, request);
    const { name, permissions, ...changes } = chosen;
    if (guild.roles.size >= MAX_ROLES) throw refused.tooManyRoles();
    const draft = {
      ...changes,
      name: name ?? 'new role',
      permissions: BigInt(permissions ?? guild.roles.get(guild.id)?.permissions ?? 0),
    };
    // New roles come in at the bottom, right above @everyone.
    for (const role of guild.roles.values()) {
      if (role.position >= 1) updateRole(world, guild, role, { changes: { position: role.position + 1 } });
    }
    const role = createRole(world, guild, { ...draft, position: 1 }, actorOf(request));
    keepIcon(role, icon);
    return renderRole(role);
  });

  app.patch('/guilds/:guildId/roles', (request) => {
    const guild = requireGuildPermission(world, request, Permission.ManageRoles);
    const wanted = parseForm(positionsBody, request.body).flatMap(({ id, position }) => {
      const role = guild.roles.get(id);
      if (!role) throw unknown.role();
      return typeof position === 'number' && position !== role.position ? [{ role, position }] : [];
    });
    for (const { role, position } of wanted) {
      requireBelow(guild, request, role);
      if (position >= highestPosition(guild, requireBot(request).userId)) throw missingPermissions();
    }
    for (const [index, role] of reordered(guild, wanted).entries()) {
      if (role.position === index + 1) continue;
      const isMoved = wanted.some((it) => it.role === role);
      const by = isMoved ? { by: actorOf(request) } : {};
      updateRole(world, guild, role, { changes: { position: index + 1 }, ...by });
    }
    return [...guild.roles.values()].map(renderRole);
  });

  app.patch('/guilds/:guildId/roles/:roleId', { bodyLimit: IMAGE_BODY_BYTES }, (request) => {
    const guild = requireGuildPermission(world, request, Permission.ManageRoles);
    const role = requireRole(guild, request);
    if (role.id !== guild.id) requireBelow(guild, request, role);
    const { changes, icon } = readRoleForm(guild, request, role);
    updateRole(world, guild, role, { changes, by: actorOf(request) });
    keepIcon(role, icon);
    return renderRole(role);
  });

  app.delete('/guilds/:guildId/roles/:roleId', (request, reply) => {
    const guild = requireGuildPermission(world, request, Permission.ManageRoles);
    const role = requireRole(guild, request);
    if (role.id === guild.id || role.botId !== null) throw refused.invalidRole();
    requireBelow(guild, request, role);
    deleteRole(world, guild, role.id, actorOf(request));
    return reply.code(204).send();
  });

  function keepIcon({ id }: RoleRecord, icon: Image | undefined): void {
    if (icon) world.files.put(`role-icons/${id}/${icon.hash}`, icon.content);
  }
}

/** All roles above @everyone from the lowest up; those that are moved push the others aside. */
function reordered(guild: Guild, moves: readonly { role: RoleRecord; position: number }[]): RoleRecord[] {
  const moved = moves.map(({ role }) => role);
  const roles = [...guild.roles.values()]
    .filter((role) => role.id !== guild.id && !moved.includes(role))
    .sort((left, right) => left.position - right.position);
  for (const { role, position } of [...moves].sort((left, right) => left.position - right.position))
    roles.splice(Math.max(0, position - 1), 0, role);
  return roles;
}

function requireRole(guild: Guild, request: FastifyRequest): RoleRecord {
  const role = guild.roles.get((request.params as { roleId: string }).roleId);
  if (!role) throw unknown.role();
  return role;
}

function requireBelow(guild: Guild, request: FastifyRequest, role: RoleRecord): void {
  if (role.position >= highestPosition(guild, requireBot(request).userId)) throw missingPermissions();
}

interface RoleForm {
  changes: RoleChanges;
  /** The file behind a new icon. */
  icon?: Image | undefined;
}

function readRoleForm(guild: Guild, request: FastifyRequest, role?: RoleRecord): RoleForm {
  const body = parseForm(roleBody, request.body);
  if ((body.icon ?? body.unicode_emoji) && !guild.settings.features.includes('ROLE_ICONS')) throw refused.moreBoosts();
  const icon = body.icon ? parseSmallImage('icon', body.icon) : undefined;
  const color = body.color ?? body.colors?.primary_color;
  const isGiven = 'permissions' in ((request.body ?? {}) as object);
  if (isGiven) {
    const added = BigInt(body.permissions ?? 0) & ~BigInt(role?.permissions ?? 0);
    requireGrantable(guild, request, [{ allow: added.toString(), deny: '0' }]);
  }
  const changes = {
    ...(typeof body.name === 'string' ? { name: body.name } : {}),
    ...(isGiven && body.permissions !== undefined ? { permissions: body.permissions } : {}),
    ...(typeof color === 'number' ? { color } : {}),
    ...(typeof body.hoist === 'boolean' ? { isHoisted: body.hoist } : {}),
    ...(typeof body.mentionable === 'boolean' ? { isMentionable: body.mentionable } : {}),
    ...(body.icon === undefined ? {} : { icon: icon?.hash ?? null }),
    ...(body.unicode_emoji === undefined ? {} : { unicodeEmoji: body.unicode_emoji }),
  };
  return { changes, icon };
}
