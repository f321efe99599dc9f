import { ApplicationCommandOptionType as Type } from 'discord-api-types/v10';
import { z } from 'zod';
import { commandSize, MAX_COMMAND_SIZE, refineOptionOrder } from './command-rules.js';
import { issue, textBetween } from './form-fields.js';
import { localizations } from './localizations.js';

/** @see https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-naming */
const COMMAND_NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
/** Largest value of an integer: beyond it JSON loses digits. */
const MAX_INTEGER = 2 ** 53;

const commandName = z.string().refine((name) => COMMAND_NAME.test(name) && name === name.toLowerCase(), {
  message: 'Command name is invalid',
  params: { code: 'APPLICATION_COMMAND_INVALID_NAME' },
});

const texts = {
  name: commandName,
  name_localizations: localizations(32),
  description: textBetween(1, 100),
  description_localizations: localizations(100),
};
const optional = { required: z.boolean().nullish() };

const choicesOf = (value: z.ZodType) =>
  z
    .array(z.looseObject({ name: textBetween(1, 100), name_localizations: localizations(100), value }))
    .max(25)
    .nullish();

interface Choosing {
  choices?: unknown[] | null | undefined;
  autocomplete?: boolean | null | undefined;
}

function refineChoices(it: Choosing, context: z.RefinementCtx): void {
  if (!it.autocomplete || (it.choices ?? []).length === 0) return;
  context.addIssue(issue(['autocomplete'], 'BASE_TYPE_BAD_VALUE', 'Choices and autocomplete are mutually exclusive'));
}

const textOption = z
  .looseObject({
    type: z.literal(Type.String),
    ...texts,
    ...optional,
    choices: choicesOf(z.string().max(100)),
    autocomplete: z.boolean().nullish(),
    min_length: z.number().int().min(0).max(6_000).nullish(),
    max_length: z.number().int().min(1).max(6_000).nullish(),
  })
  .superRefine((it, context) => {
    refineChoices(it, context);
    refineRange([it.min_length, it.max_length], 'min_length', context);
  });

function refineRange(
  [minimum, maximum]: readonly (number | null | undefined)[],
  field: string,
  context: z.RefinementCtx,
): void {
  if (typeof minimum !== 'number' || typeof maximum !== 'number' || minimum <= maximum) return;
  context.addIssue(issue([field], 'NUMBER_TYPE_MAX', `int value should be less than or equal to ${maximum}.`));
}

function numericOption<OptionType extends Type.Integer | Type.Number>(type: OptionType, value: z.ZodNumber) {
  return z
    .looseObject({
      type: z.literal(type),
      ...texts,
      ...optional,
      choices: choicesOf(value),
      autocomplete: z.boolean().nullish(),
      min_value: value.nullish(),
      max_value: value.nullish(),
    })
    .superRefine((it, context) => {
      refineChoices(it, context);
      refineRange([it.min_value, it.max_value], 'min_value', context);
    });
}

const number = z.number().min(-MAX_INTEGER).max(MAX_INTEGER);

function plainOption<OptionType extends Type>(type: OptionType) {
  return z.looseObject({ type: z.literal(type), ...texts, ...optional });
}

const valueOptions = [
  textOption,
  numericOption(Type.Integer, number.multipleOf(1)),
  plainOption(Type.Boolean),
  plainOption(Type.User),
  z.looseObject({
    type: z.literal(Type.Channel),
    ...texts,
    ...optional,
    channel_types: z.array(z.number().int().min(0)).nullish(),
  }),
  plainOption(Type.Role),
  plainOption(Type.Mentionable),
  numericOption(Type.Number, number),
  plainOption(Type.Attachment),
] as const;

/** Options of one level: 25 at most, no name twice, what is required first. */
function level<Option extends z.ZodType<{ name: string; type: number; required?: boolean | null | undefined }>>(
  option: Option,
) {
  return z.array(option).max(25).superRefine(refineOptionOrder).nullish();
}

const subcommand = z.looseObject({
  type: z.literal(Type.Subcommand),
  ...texts,
  options: level(z.discriminatedUnion('type', valueOptions)),
});
const subcommandGroup = z.looseObject({
  type: z.literal(Type.SubcommandGroup),
  ...texts,
  options: level(z.discriminatedUnion('type', [subcommand])),
});

const commandParts = {
  name_localizations: localizations(32),
  default_member_permissions: z
    .union([z.string().regex(/^\d{1,20}$/), z.number().int().nonnegative()])
    .transform(String)
    .nullish(),
  dm_permission: z.boolean().nullish(),
  integration_types: z.array(z.number().int().min(0).max(1)).min(1).nullish(),
  contexts: z.array(z.number().int().min(0).max(2)).min(1).nullish(),
  nsfw: z.boolean().nullish(),
};

const slashCommand = z.looseObject({
  ...texts,
  ...commandParts,
  type: z.literal(1),
  options: level(z.discriminatedUnion('type', [subcommand, subcommandGroup, ...valueOptions])),
});

/** On users and on messages: a name alone, which may have spaces. */
function contextMenu<Kind extends 2 | 3>(type: Kind) {
  return z
    .looseObject({
      ...commandParts,
      type: z.literal(type),
      name: textBetween(1, 32),
      description: z.literal('').nullish(),
    })
    .superRefine((it, context) => {
      const { options } = it as { options?: unknown[] | null };
      if ((options ?? []).length === 0) return;
      context.addIssue(issue(['options'], 'BASE_TYPE_BAD_VALUE', 'Context menu commands cannot have options'));
    });
}

/** A command without a type is a slash command. @see https://docs.discord.com/developers/interactions/application-commands#create-global-application-command */
export const commandBody = z
  .preprocess(
    (body) => (typeof body === 'object' && body !== null ? { type: 1, ...withoutNullType(body) } : body),
    z.discriminatedUnion('type', [slashCommand, contextMenu(2), contextMenu(3)]),
  )
  .superRefine((command, context) => {
    if (commandSize(command) <= MAX_COMMAND_SIZE) return;
    const message = `Command exceeds maximum size (${MAX_COMMAND_SIZE})`;
    context.addIssue(issue([], 'APPLICATION_COMMAND_TOO_LARGE', message));
  });

function withoutNullType(body: object): object {
  const { type, ...rest } = body as { type?: unknown };
  return type === null || type === undefined ? rest : body;
}

/** A change of a command: what it must have may be left out. */
export const commandFields = z.record(z.string(), z.unknown());

/** @see https://docs.discord.com/developers/interactions/application-commands#application-command-permissions-object */
export const commandPermissionsBody = z.looseObject({
  permissions: z
    .array(
      z.looseObject({
        id: z.string().regex(/^\d{1,20}$/),
        type: z.number().int().min(1).max(3),
        permission: z.boolean(),
      }),
    )
    .max(100)
    .superRefine((permissions, context) => {
      permissions.forEach(({ id, type }, index) => {
        const isFirst = permissions.findIndex((it) => it.id === id && it.type === type) === index;
        if (!isFirst)
          context.addIssue(issue([index], 'SET_TYPE_ALREADY_CONTAINS_VALUE', 'The set already contains this value'));
      });
    }),
});

export type CommandBody = z.infer<typeof commandBody>;
