import { PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { setCommandPermissions } from '../actions/commands.js';
import type { SimulatorContext } from '../context.js';
import type { Guild } from '../state/model.js';
import { guildPermissions } from '../state/permissions.js';
import type { World } from '../state/world.js';
import { renderCommandPermissions } from '../views/commands.js';
import { requireCaller } from './access.js';
import { commandPermissionsBody } from './command-schemas.js';
import { DiscordError, missingAccess, missingPermissions, parseForm, refused, unknown } from './errors.js';

const SCOPE = 'applications.commands.permissions.update';

/** @see https://docs.discord.com/developers/interactions/application-commands#permissions */
export function commandPermissionRoutes(app: FastifyInstance, { world }: SimulatorContext): void {
  const path = '/applications/:applicationId/guilds/:guildId/commands';

  app.get(`${path}/permissions`, (request) => {
    const { guild, applicationId } = requirePlace(world, request);
    const own = guild.commandPermissions.filter((record) => record.applicationId === applicationId);
    return own.map((record) => renderCommandPermissions(guild.id, record));
  });

  app.get(`${path}/:commandId/permissions`, (request) => {
    const { guild, id } = requireTarget(world, request);
    const record = guild.commandPermissions.find((it) => it.id === id);
    if (!record) throw unknown.commandPermissions();
    return renderCommandPermissions(guild.id, record);
  });

  app.put(`${path}/:commandId/permissions`, (request) => {
    const caller = requireCaller(request);
    if (caller.kind === 'bot') throw refused.forbiddenToBots();
    if (!caller.grant.scopes.includes(SCOPE)) throw refused.missingScope();
    const { guild, applicationId, id } = requireTarget(world, request);
    requireManager(guild, caller.userId);
    const { permissions } = parseForm(commandPermissionsBody, request.body);
    const record = {
      id,
      applicationId,
      permissions: permissions.map((it) => ({ id: it.id, type: it.type, permission: it.permission })),
    };
    setCommandPermissions(world, guild, { record, userId: caller.userId });
    return renderCommandPermissions(guild.id, record);
  });
}

interface Place {
  guild: Guild;
  applicationId: string;
}

/** A guild the caller is in, and the application for which they call. */
function requirePlace(world: World, request: FastifyRequest): Place {
  const { applicationId, guildId } = request.params as { applicationId: string; guildId: string };
  const caller = requireCaller(request);
  const own = caller.kind === 'bot' ? caller.application.id : caller.grant.applicationId;
  if (!world.applications.has(applicationId)) throw unknown.application();
  if (own !== applicationId)
    throw new DiscordError(403, 20012, 'You are not authorized to perform this action on this application');
  const guild = world.guilds.get(guildId);
  if (!guild) throw unknown.guild();
  if (!guild.members.has(caller.userId)) throw missingAccess();
  return { guild, applicationId };
}

/** A command that can be used in the guild, or the application itself: the rule for all that have none of their own. */
function requireTarget(world: World, request: FastifyRequest): Place & { id: string } {
  const { guild, applicationId } = requirePlace(world, request);
  const { commandId: id } = request.params as { commandId: string };
  const command = world.commands.get(id);
  const isThere = command?.applicationId === applicationId && [null, guild.id].includes(command.guildId);
  if (id !== applicationId && !isThere) throw unknown.command();
  return { guild, applicationId, id };
}

/** @throws DiscordError 50013 for who does not manage the guild and its roles */
function requireManager(guild: Guild, userId: string): void {
  const needed = Permission.ManageGuild | Permission.ManageRoles;
  if ((guildPermissions(guild, userId) & needed) !== needed) throw missingPermissions();
}
