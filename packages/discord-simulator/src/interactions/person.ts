import {
  ApplicationCommandOptionType as OptionType,
  InteractionType,
  PermissionFlagsBits as Permission,
} from 'discord-api-types/v10';
import type { CommandRecord, MessageRecord } from '../state/model.js';
import { channelPermissions } from '../state/permissions.js';
import type { World } from '../state/world.js';
import { renderChannel, renderRole } from '../views/guilds.js';
import { renderMessage } from '../views/messages.js';
import { renderPartialMember, renderUser } from '../views/users.js';
import type { InteractionOutcome, Interactions } from './interactions.js';

export type OptionValue = string | number | boolean;

export interface CommandUse {
  userId: string;
  channelId: string;
  /** The command with its subcommands, e.g. `case view`. */
  name: string;
  options?: Record<string, OptionValue> | undefined;
  /** Asks for suggestions for this option instead of running the command. */
  focused?: string | undefined;
}

export interface ComponentUse {
  userId: string;
  channelId: string;
  messageId: string;
  customId: string;
  /** For selects: what was chosen. */
  values?: string[] | undefined;
}

export interface ModalUse {
  userId: string;
  channelId: string;
  customId: string;
  /** Text by the custom id of its input. */
  fields: Record<string, string>;
  applicationId?: string | undefined;
  /** The message whose button opened the modal. */
  messageId?: string | undefined;
}

/** What was asked for does not exist or is not allowed for this person. */
export class ImpossibleAction extends Error {}

interface OptionDefinition {
  type: OptionType;
  name: string;
  options?: OptionDefinition[];
}

/** Commands a person may use in a channel: global ones and those of its guild. */
export function availableCommands(world: World, userId: string, channelId: string): CommandRecord[] {
  const channel = world.channel(channelId);
  if (!channel) return [];
  const permissions = channelPermissions(world, channel, userId);
  if (channel.guildId && !(permissions & Permission.UseApplicationCommands)) return [];
  return [...world.commands.values()].filter((command) => {
    if (command.guildId !== null && command.guildId !== channel.guildId) return false;
    if (channel.guildId && !world.member(channel.guildId, command.applicationId)) return false;
    if (!channel.guildId && !channel.recipientIds.includes(command.applicationId)) return false;
    const needed = command.definition['default_member_permissions'];
    return typeof needed !== 'string' || (permissions & BigInt(needed)) === BigInt(needed);
  });
}

/** Runs a slash command as a person, or asks for suggestions. @throws ImpossibleAction when they have no such command there */
export function runCommand(world: World, interactions: Interactions, use: CommandUse): Promise<InteractionOutcome> {
  const [root = '', ...path] = use.name.trim().split(/\s+/);
  const command = availableCommands(world, use.userId, use.channelId).find((it) => it.name === root && it.type === 1);
  const channel = world.channel(use.channelId);
  if (!command || !channel) throw new ImpossibleAction(`No command /${root} for this person in this channel`);
  const definitions = (command.definition['options'] ?? []) as OptionDefinition[];
  const resolved: Resolved = { users: {}, members: {}, roles: {}, channels: {} };
  const options = nestOptions(path, definitions, (leaf) =>
    fillOptions(world, leaf, { use, guildId: channel.guildId, resolved }),
  );
  const data = {
    id: command.id,
    name: command.name,
    type: command.type,
    ...(command.guildId ? { guild_id: command.guildId } : {}),
    ...(options.length > 0 ? { options } : {}),
    ...(Object.values(resolved).some((part) => Object.keys(part).length > 0) ? { resolved } : {}),
  };
  const type = use.focused ? InteractionType.ApplicationCommandAutocomplete : InteractionType.ApplicationCommand;
  return interactions.start({
    type,
    applicationId: command.applicationId,
    userId: use.userId,
    channel,
    data,
    name: use.name,
  });
}

/** Wraps options into the subcommand group and subcommand they belong to. */
function nestOptions(
  path: readonly string[],
  definitions: OptionDefinition[],
  fill: (leaf: OptionDefinition[]) => object[],
): object[] {
  const [next, ...rest] = path;
  if (next === undefined) return fill(definitions);
  const definition = definitions.find((it) => it.name === next);
  if (!definition) throw new ImpossibleAction(`No subcommand ${next}`);
  return [{ name: next, type: definition.type, options: nestOptions(rest, definition.options ?? [], fill) }];
}

interface Resolved {
  users: Record<string, object>;
  members: Record<string, object>;
  roles: Record<string, object>;
  channels: Record<string, object>;
}

interface Filling {
  use: CommandUse;
  guildId: string | null;
  resolved: Resolved;
}

function fillOptions(world: World, definitions: OptionDefinition[], { use, guildId, resolved }: Filling): object[] {
  return Object.entries(use.options ?? {}).map(([name, value]) => {
    const definition = definitions.find((it) => it.name === name);
    if (!definition) throw new ImpossibleAction(`No option ${name}`);
    if (definition.type >= OptionType.User && definition.type <= OptionType.Mentionable)
      resolve(world, { guildId, id: String(value), resolved });
    return { name, type: definition.type, value, ...(use.focused === name ? { focused: true } : {}) };
  });
}

function resolve(
  world: World,
  { guildId, id, resolved }: { guildId: string | null; id: string; resolved: Resolved },
): void {
  const user = world.users.get(id);
  const member = guildId ? world.member(guildId, id) : undefined;
  const role = guildId ? world.guilds.get(guildId)?.roles.get(id) : undefined;
  const channel = world.channel(id);
  if (user) resolved.users[id] = renderUser(user);
  if (member) resolved.members[id] = { ...renderPartialMember(member), permissions: '0' };
  if (role) resolved.roles[id] = renderRole(role);
  if (channel) resolved.channels[id] = { ...renderChannel(world, channel), permissions: '0' };
}

/** Presses a button or chooses from a select as a person. @throws ImpossibleAction when it is not there to be pressed */
export function useComponent(world: World, interactions: Interactions, use: ComponentUse): Promise<InteractionOutcome> {
  const channel = world.channel(use.channelId);
  const source = findSource(world, interactions, use);
  const component = source && findComponent(source, use.customId);
  if (!channel || !source || !component) throw new ImpossibleAction(`No component ${use.customId} on this message`);
  if (component['disabled'] === true) throw new ImpossibleAction(`Component ${use.customId} is disabled`);
  const type = Number(component['type']);
  const data = {
    id: component['id'],
    custom_id: use.customId,
    component_type: type,
    ...(type === 2 ? {} : { values: use.values ?? [] }),
    ...(type >= 5 ? { resolved: resolveAll(world, channel.guildId, use.values ?? []) } : {}),
  };
  return interactions.start({
    type: InteractionType.MessageComponent,
    applicationId: source.authorId,
    userId: use.userId,
    channel,
    data,
    name: null,
    source,
    renderedSource: renderMessage(world, source),
  });
}

function resolveAll(world: World, guildId: string | null, ids: readonly string[]): Resolved {
  const resolved: Resolved = { users: {}, members: {}, roles: {}, channels: {} };
  for (const id of ids) resolve(world, { guildId, id, resolved });
  return resolved;
}

function findSource(
  world: World,
  interactions: Interactions,
  use: { channelId: string; messageId: string; userId: string },
) {
  return world.history(use.channelId).get(use.messageId) ?? interactions.findEphemeral(use.messageId, use.userId);
}

function findComponent(message: MessageRecord, customId: string): Record<string, unknown> | undefined {
  const components = message.components.flatMap((row) => (row['components'] ?? []) as Record<string, unknown>[]);
  return components.find((component) => component['custom_id'] === customId);
}

/** Submits a modal as a person. */
export function submitModal(world: World, interactions: Interactions, use: ModalUse): Promise<InteractionOutcome> {
  const channel = world.channel(use.channelId);
  const [onlyApplication] = world.applications.keys();
  const applicationId = use.applicationId ?? onlyApplication;
  if (!channel || !applicationId) throw new ImpossibleAction('No such channel');
  const source = use.messageId ? findSource(world, interactions, { ...use, messageId: use.messageId }) : undefined;
  const components = Object.entries(use.fields).map(([custom_id, value], index) => ({
    type: 1,
    id: index * 2 + 1,
    components: [{ type: 4, id: index * 2 + 2, custom_id, value }],
  }));
  return interactions.start({
    type: InteractionType.ModalSubmit,
    applicationId,
    userId: use.userId,
    channel,
    data: { custom_id: use.customId, components },
    name: null,
    source,
    renderedSource: source ? renderMessage(world, source) : undefined,
  });
}
