import { ApplicationCommandType as CommandType, InteractionType } from 'discord-api-types/v10';
import type { ChannelRecord, CommandRecord } from '../state/model.js';
import { canView } from '../state/permissions.js';
import type { World } from '../state/world.js';
import { renderMessage } from '../views/messages.js';
import { mayUseCommand } from './command-access.js';
import { optionsOf } from './command-options.js';
import { commandOwners } from './installations.js';
import type { InteractionOutcome, Interactions } from './interactions.js';
import { Resolved } from './resolved.js';
import { type CommandUse, type ContextMenuUse, ImpossibleAction } from './use.js';

/** Commands a person may use in a channel: global ones, and those of its guild, which hide global ones of the same name and type. */
export function availableCommands(world: World, userId: string, channelId: string): CommandRecord[] {
  const channel = world.channel(channelId);
  if (!channel || !canView(world, channel, userId)) return [];
  const usable = [...world.commands.values()].filter((command) => {
    if (command.guildId !== null && command.guildId !== channel.guildId) return false;
    if (command.definition['nsfw'] === true && channel.guildId && !channel.isNsfw) return false;
    if (Object.keys(commandOwners(world, channel, { command, userId })).length === 0) return false;
    return mayUseCommand(world, channel, { command, userId });
  });
  return usable.filter((command) => command.guildId !== null || !usable.some((other) => hides(other, command)));
}

function hides(other: CommandRecord, command: CommandRecord): boolean {
  const { guildId, applicationId, name, type } = other;
  return guildId !== null && applicationId === command.applicationId && name === command.name && type === command.type;
}

interface Chosen {
  command: CommandRecord;
  channel: ChannelRecord;
}

/** Runs a slash command as a person, or asks for suggestions. @throws ImpossibleAction when they have no such command there, or it does not take what they give */
export function runCommand(world: World, interactions: Interactions, use: CommandUse): Promise<InteractionOutcome> {
  const [name = '', ...path] = use.name.trim().split(/\s+/);
  const chosen = choose(world, { ...use, name, types: [CommandType.ChatInput] });
  const resolved = new Resolved(world, chosen.channel, use.userId);
  const definitions = (chosen.command.definition['options'] ?? []) as Parameters<typeof optionsOf>[1];
  const options = optionsOf(path, definitions, { ...use, resolved });
  return interactions.start({
    ...requestOf(world, chosen, use.userId),
    type:
      use.focused === undefined ? InteractionType.ApplicationCommand : InteractionType.ApplicationCommandAutocomplete,
    data: { ...dataOf(chosen), ...(options.length > 0 ? { options } : {}), ...resolved.toJSON() },
    name: [name, ...path].join(' '),
  });
}

/**
 * Chooses a command from the menu of a user or a message.
 * @throws ImpossibleAction when they have no such command there, or there is nothing it could be used on
 */
export function runContextMenu(
  world: World,
  interactions: Interactions,
  use: ContextMenuUse,
): Promise<InteractionOutcome> {
  const message = world.history(use.channelId).get(use.targetId);
  const ephemeral = interactions.findEphemeral(use.targetId, use.userId);
  const target = message ?? ephemeral;
  const chosen = choose(world, { ...use, types: [target ? CommandType.Message : CommandType.User] });
  const resolved = new Resolved(world, chosen.channel, use.userId);
  if (target) resolved.addMessage(use.targetId, renderMessage(world, target));
  else resolved.add(use.targetId, ['user']);
  return interactions.start({
    ...requestOf(world, chosen, use.userId),
    type: InteractionType.ApplicationCommand,
    data: { ...dataOf(chosen), target_id: use.targetId, ...resolved.toJSON() },
    name: use.name,
    target: target ? { messageId: use.targetId } : { userId: use.targetId },
  });
}

function choose(
  world: World,
  { userId, channelId, name, types }: { userId: string; channelId: string; name: string; types: number[] },
): Chosen {
  const channel = world.channel(channelId);
  const command = availableCommands(world, userId, channelId).find((it) => it.name === name && types.includes(it.type));
  if (!command || !channel) throw new ImpossibleAction(`No command /${name} for this person in this channel`);
  return { command, channel };
}

function requestOf(world: World, { command, channel }: Chosen, userId: string) {
  const owners = commandOwners(world, channel, { command, userId });
  return { applicationId: command.applicationId, userId, channel, owners };
}

function dataOf({ command }: Chosen): object {
  const { id, name, type, guildId } = command;
  return { id, name, type, ...(guildId ? { guild_id: guildId } : {}) };
}
