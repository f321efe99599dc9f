import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { SimulatorContext } from '../context.js';
import type { CommandRecord } from '../state/model.js';
import type { World } from '../state/world.js';
import { renderCommand } from '../views/guilds.js';
import { requireBot, requireGuild } from './access.js';
import { DiscordError, missingAccess, parseForm, unknown } from './errors.js';
import { commandBody } from './schemas.js';

/** Slash commands per application and guild. */
const MAX_COMMANDS = 100;

interface Scope {
  applicationId: string;
  guildId: string | null;
}

/** @see https://docs.discord.com/developers/interactions/application-commands */
export function commandRoutes(app: FastifyInstance, { world }: SimulatorContext): void {
  for (const path of [
    '/applications/:applicationId/commands',
    '/applications/:applicationId/guilds/:guildId/commands',
  ]) {
    app.get(path, (request) => commandsIn(world, scopeOf(world, request)).map(renderCommand));

    app.put(path, (request) => {
      const scope = scopeOf(world, request);
      const bodies = parseForm(z.array(commandBody).max(MAX_COMMANDS), request.body);
      const kept = bodies.map((body) => upsert(world, scope, body).command);
      for (const command of commandsIn(world, scope)) if (!kept.includes(command)) world.commands.delete(command.id);
      return kept.map(renderCommand);
    });

    app.post(path, (request, reply) => {
      const { command, isNew } = upsert(world, scopeOf(world, request), parseForm(commandBody, request.body));
      return reply.code(isNew ? 201 : 200).send(renderCommand(command));
    });

    // Only digits are ids: `permissions` in their place is another operation, which is not served.
    app.get(`${path}/:commandId(^\\d+$)`, (request) => renderCommand(requireCommand(world, request)));

    app.patch(`${path}/:commandId`, (request) => {
      const command = requireCommand(world, request);
      const changes = z.record(z.string(), z.unknown()).parse(request.body ?? {});
      const merged = { ...command.definition, name: command.name, type: command.type, ...changes };
      return renderCommand(store(world, command, parseForm(commandBody, merged)));
    });

    app.delete(`${path}/:commandId`, (request, reply) => {
      world.commands.delete(requireCommand(world, request).id);
      world.touch();
      return reply.code(204).send();
    });
  }
}

function scopeOf(world: World, request: FastifyRequest): Scope {
  const { applicationId, guildId = null } = request.params as { applicationId: string; guildId?: string };
  if (!world.applications.has(applicationId)) throw unknown.application();
  if (requireBot(request).application.id !== applicationId)
    throw new DiscordError(403, 20012, 'You are not authorized to perform this action on this application');
  if (guildId !== null && requireGuild(world, request).id !== guildId) throw missingAccess();
  return { applicationId, guildId };
}

function commandsIn(world: World, { applicationId, guildId }: Scope): CommandRecord[] {
  return world.commandsFor(applicationId, guildId);
}

function requireCommand(world: World, request: FastifyRequest): CommandRecord {
  const scope = scopeOf(world, request);
  const command = world.commands.get((request.params as { commandId: string }).commandId);
  if (!command || command.guildId !== scope.guildId || command.applicationId !== scope.applicationId)
    throw unknown.command();
  return command;
}

/** A command of the same name and type is replaced and keeps its id, as on Discord. */
function upsert(
  world: World,
  scope: Scope,
  body: z.infer<typeof commandBody>,
): { command: CommandRecord; isNew: boolean } {
  const existing = commandsIn(world, scope).find((it) => it.name === body.name && it.type === body.type);
  const blank = {
    ...scope,
    id: existing?.id ?? world.snowflakes.next(),
    version: '0',
    type: body.type,
    name: body.name,
    definition: {},
  };
  return { command: store(world, existing ?? blank, body), isNew: existing === undefined };
}

function store(world: World, command: CommandRecord, body: z.infer<typeof commandBody>): CommandRecord {
  const { name, type, ...definition } = body;
  Object.assign(command, { name, type, definition, version: world.snowflakes.next() });
  world.commands.set(command.id, command);
  world.touch();
  return command;
}
