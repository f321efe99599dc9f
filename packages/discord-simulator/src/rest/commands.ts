import { ApplicationCommandType as CommandType } from 'discord-api-types/v10';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { deleteCommand, storeCommand } from '../actions/commands.js';
import type { SimulatorContext } from '../context.js';
import type { CommandRecord } from '../state/model.js';
import type { World } from '../state/world.js';
import { renderCommand, renderListedCommand } from '../views/commands.js';
import { requireBot, requireGuild } from './access.js';
import { type CommandBody, commandBody, commandFields } from './command-schemas.js';
import { DiscordError, invalidForm, missingAccess, parseForm, refused, unknown } from './errors.js';

/** Commands of one type per application, in all guilds and in each. @see https://docs.discord.com/developers/interactions/application-commands#registering-a-command */
const MAX_COMMANDS: Record<number, number> = {
  [CommandType.ChatInput]: 100,
  [CommandType.User]: 5,
  [CommandType.Message]: 5,
};
const MAX_ALTOGETHER = Object.values(MAX_COMMANDS).reduce((sum, limit) => sum + limit, 0);

/** @see https://docs.discord.com/developers/interactions/application-commands */
export function commandRoutes(app: FastifyInstance, { world }: SimulatorContext): void {
  for (const path of [
    '/applications/:applicationId/commands',
    '/applications/:applicationId/guilds/:guildId/commands',
  ]) {
    app.get(path, (request) => {
      const commands = commandsIn(world, scopeOf(world, request));
      const { with_localizations: isWhole } = request.query as { with_localizations?: string };
      if (isWhole === 'true') return commands.map(renderCommand);
      const locale = request.headers['x-discord-locale'];
      return commands.map((command) => renderListedCommand(command, typeof locale === 'string' ? locale : undefined));
    });

    app.put(path, (request) => overwrite(world, scopeOf(world, request), request.body).map(renderCommand));

    app.post(path, (request, reply) => {
      const scope = scopeOf(world, request);
      const body = parseForm(commandBody, request.body);
      const isNew = findNamed(world, scope, body) === undefined;
      if (isNew) requireRoom([...commandsIn(world, scope), body]);
      return reply.code(isNew ? 201 : 200).send(renderCommand(upsert(world, scope, body)));
    });

    // Only digits are ids: `permissions` in their place is another operation.
    app.get(`${path}/:commandId(^\\d+$)`, (request) => renderCommand(requireCommand(world, request)));

    app.patch(`${path}/:commandId`, (request) => {
      const command = requireCommand(world, request);
      const changes = parseForm(commandFields, request.body);
      const { name, type } = command;
      const body = parseForm(commandBody, { ...command.definition, ...changes, name: changes['name'] ?? name, type });
      const other = findNamed(world, command, body);
      if (other && other.id !== command.id) throw refused.duplicateCommand();
      return renderCommand(storeCommand(world, command, draftFrom(body)));
    });

    app.delete(`${path}/:commandId`, (request, reply) => {
      deleteCommand(world, requireCommand(world, request));
      return reply.code(204).send();
    });
  }
}

type Scope = Pick<CommandRecord, 'applicationId' | 'guildId'>;

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

interface Named {
  name: string;
  type: number;
}

function findNamed(world: World, scope: Scope, { name, type }: Named): CommandRecord | undefined {
  return commandsIn(world, scope).find((it) => it.name === name && it.type === type);
}

/** All commands of an application at once: those that are not among them are deleted. */
function overwrite(world: World, scope: Scope, sent: unknown): CommandRecord[] {
  const bodies = parseForm(z.array(commandBody).max(MAX_ALTOGETHER), sent);
  const repeated = bodies.flatMap((body, index) =>
    bodies.findIndex(({ name, type }) => name === body.name && type === body.type) < index ? [index] : [],
  );
  if (repeated.length > 0) {
    const [code, message] = ['APPLICATION_COMMANDS_DUPLICATE_NAME', 'Application command names must be unique'];
    throw invalidForm(repeated.map((index) => ({ path: [index], code, message })));
  }
  requireRoom(bodies);
  const kept = bodies.map((body) => upsert(world, scope, body));
  for (const command of commandsIn(world, scope)) if (!kept.includes(command)) deleteCommand(world, command);
  return kept;
}

/** @throws DiscordError 30032 for more commands of a type than an application may have */
function requireRoom(commands: readonly Named[]): void {
  for (const [type, limit] of Object.entries(MAX_COMMANDS)) {
    const count = commands.filter((command) => command.type === Number(type)).length;
    if (count > limit) throw refused.tooManyCommands(limit);
  }
}

/** A command of the same name and type is replaced and keeps its id, as on Discord. */
function upsert(world: World, scope: Scope, body: CommandBody): CommandRecord {
  const { id } = findNamed(world, scope, body) ?? { id: world.snowflakes.next() };
  return storeCommand(world, { ...scope, id }, draftFrom(body));
}

/** `null` is what was not given, but for what Discord shows as `null`. */
function draftFrom({ name, type, ...rest }: CommandBody) {
  const definition = withoutNulls(rest, ['default_member_permissions', 'contexts']);
  return { name, type, definition: definition as Record<string, unknown> };
}

function withoutNulls(value: unknown, shown: readonly string[] = []): unknown {
  if (Array.isArray(value)) return value.map((it) => withoutNulls(it));
  if (typeof value !== 'object' || value === null) return value;
  const given = Object.entries(value).filter(([key, it]) => (it !== null && it !== undefined) || shown.includes(key));
  return Object.fromEntries(given.map(([key, it]) => [key, it === undefined ? null : withoutNulls(it)]));
}
