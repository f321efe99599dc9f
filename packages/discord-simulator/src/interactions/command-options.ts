import { ApplicationCommandOptionType as OptionType } from 'discord-api-types/v10';
import type { Kind, Resolved } from './resolved.js';
import { type CommandUse, type GivenFile, ImpossibleAction, type OptionValue } from './use.js';

interface OptionDefinition {
  type: OptionType;
  name: string;
  required?: boolean;
  autocomplete?: boolean;
  options?: OptionDefinition[];
  choices?: { name: string; value: string | number }[];
  channel_types?: number[];
  min_length?: number;
  max_length?: number;
  min_value?: number;
  max_value?: number;
}

interface SentOption {
  name: string;
  type: OptionType;
  value?: unknown;
  focused?: boolean;
  options?: SentOption[];
}

type Filling = Pick<CommandUse, 'options' | 'focused'> & { resolved: Resolved };

/**
 * The options of an interaction, inside the subcommand they belong to.
 * @throws ImpossibleAction for what Discord does not let a person send
 */
export function optionsOf(
  path: readonly string[],
  definitions: readonly OptionDefinition[],
  filling: Filling,
): SentOption[] {
  const [next, ...rest] = path;
  if (next === undefined) return fillOptions(definitions, filling);
  const definition = definitions.find((it) => it.name === next && it.type <= OptionType.SubcommandGroup);
  if (!definition) throw new ImpossibleAction(`No subcommand ${next}`);
  return [{ name: next, type: definition.type, options: optionsOf(rest, definition.options ?? [], filling) }];
}

/** The option somebody is typing into. */
export function focusedOption(data: Record<string, unknown>): SentOption | undefined {
  const options = (data['options'] ?? []) as SentOption[];
  for (const option of options) {
    const found = option.focused ? option : focusedOption({ options: option.options ?? [] });
    if (found) return found;
  }
  return undefined;
}

function fillOptions(
  definitions: readonly OptionDefinition[],
  { options = {}, focused, resolved }: Filling,
): SentOption[] {
  if (definitions.some(({ type }) => type <= OptionType.SubcommandGroup))
    throw new ImpossibleAction('One of the subcommands has to be chosen');
  const find = (name: string) => definitions.find((it) => it.name === name);
  if (focused !== undefined && !find(focused)?.autocomplete)
    throw new ImpossibleAction(`Option ${focused} suggests nothing`);
  const missing = definitions.find(({ name, required }) => required && options[name] === undefined);
  // Whoever is still typing has not filled in everything.
  if (missing && focused === undefined) throw new ImpossibleAction(`Option ${missing.name} is required`);
  return Object.entries(options).map(([name, value]) => {
    const definition = find(name);
    if (!definition) throw new ImpossibleAction(`No option ${name}`);
    if (focused === name) return { name, type: definition.type, value, focused: true };
    return { name, type: definition.type, value: valueOf(definition, value, resolved) };
  });
}

const KINDS: Partial<Record<OptionType, Kind[]>> = {
  [OptionType.User]: ['user'],
  [OptionType.Channel]: ['channel'],
  [OptionType.Role]: ['role'],
  [OptionType.Mentionable]: ['user', 'role'],
};

function valueOf(definition: OptionDefinition, value: OptionValue, resolved: Resolved): string | number | boolean {
  const { name, type } = definition;
  const kinds = KINDS[type];
  if (kinds) {
    resolved.add(String(value), kinds, definition.channel_types);
    return String(value);
  }
  if (type === OptionType.Attachment) return resolved.addFile(requireFile(name, value));
  if (type === OptionType.Boolean) return requireBoolean(name, value);
  const typed = type === OptionType.String ? requireText(definition, value) : requireNumber(definition, value);
  const choices = definition.choices ?? [];
  if (choices.length > 0 && !choices.some((choice) => choice.value === typed))
    throw new ImpossibleAction(`Option ${name} has no choice ${typed}`);
  return typed;
}

function requireFile(name: string, value: OptionValue): GivenFile {
  if (typeof value !== 'object') throw new ImpossibleAction(`Option ${name} takes a file`);
  return value;
}

function requireBoolean(name: string, value: OptionValue): boolean {
  if (value === true || value === 'true') return true;
  if (value === false || value === 'false') return false;
  throw new ImpossibleAction(`Option ${name} is either true or false`);
}

function requireText(
  { name, min_length: minimum = 0, max_length: maximum = 6_000 }: OptionDefinition,
  value: OptionValue,
) {
  const text = String(value);
  if (text.length < minimum || text.length > maximum)
    throw new ImpossibleAction(`Option ${name} takes ${minimum} to ${maximum} characters`);
  return text;
}

/** What is typed into a field for numbers is a number. */
function requireNumber({ name, type, min_value: minimum, max_value: maximum }: OptionDefinition, value: OptionValue) {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number))
    throw new ImpossibleAction(`Option ${name} takes a number`);
  if (type === OptionType.Integer && !Number.isSafeInteger(number))
    throw new ImpossibleAction(`Option ${name} takes a whole number`);
  if (number < (minimum ?? number) || number > (maximum ?? number))
    throw new ImpossibleAction(`Option ${name} takes ${minimum ?? 'anything'} to ${maximum ?? 'anything'}`);
  return number;
}
