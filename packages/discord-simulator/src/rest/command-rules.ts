import type { z } from 'zod';
import { issue } from './form-fields.js';

/** Characters of names, descriptions and values of a command altogether. @see https://docs.discord.com/developers/interactions/application-commands */
export const MAX_COMMAND_SIZE = 8_000;

interface Option {
  name: string;
  type: number;
  required?: boolean | null | undefined;
}

/** No name twice, subcommands apart from other options, and what is required first. */
export function refineOptionOrder(options: readonly Option[], context: z.RefinementCtx): void {
  options.forEach(({ name, required }, index) => {
    if (options.findIndex((it) => it.name === name) < index)
      context.addIssue(issue([index], 'APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS', 'Option name already exists'));
    if (required && options.slice(0, index).some((it) => !it.required)) {
      const message = 'Required options must be placed before non-required options';
      context.addIssue(issue([index], 'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID', message));
    }
  });
  const subcommands = options.filter(({ type }) => type <= 2).length;
  if (subcommands === 0 || subcommands === options.length) return;
  const message = 'Sub-command and sub-command group option types are mutually exclusive to all other types';
  context.addIssue(issue([], 'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID', message));
}

/** The characters that count against the limit: of every text the longest translation. */
export function commandSize(command: object): number {
  const { name, description, value, name_localizations, description_localizations, options, choices } =
    command as Record<string, unknown>;
  const inside = [options, choices].flatMap((items) => (items ?? []) as object[]);
  return (
    longest(name, name_localizations) +
    longest(description, description_localizations) +
    (typeof value === 'string' ? value.length : 0) +
    inside.reduce((sum: number, item) => sum + commandSize(item), 0)
  );
}

function longest(text: unknown, translations: unknown): number {
  const all = [text, ...Object.values((translations ?? {}) as object)];
  return Math.max(...all.map((it) => (typeof it === 'string' ? it.length : 0)));
}
