import { z } from 'zod';
import { snowflake } from '../state/model.js';
import { issue, listBetween, required, textBetween } from './form-fields.js';

/** Discord's limits for components. @see https://docs.discord.com/developers/components/reference */
export const componentLimits = {
  /** Action rows of a message without the flag for Components V2. */
  rows: 5,
  /** Components of a message with that flag, those inside others included. */
  total: 40,
  /** Characters of all text displays of a message. */
  displayedCharacters: 4_000,
  rowWidth: 5,
} as const;

export const componentId = z.number().int().min(0).nullish();
export const customId = textBetween(1, 100);
const emoji = z.looseObject({ id: snowflake.nullish(), name: z.string().max(32).nullish() }).nullish();

const button = z
  .looseObject({
    type: z.literal(2),
    id: componentId,
    style: z.number().int().min(1).max(6),
    label: z.string().max(80).nullish(),
    custom_id: customId.nullish(),
    url: z.string().max(512).nullish(),
    sku_id: snowflake.nullish(),
    disabled: z.boolean().nullish(),
    emoji,
  })
  .superRefine((it, context) => {
    const isGiven = (value: unknown) => value !== undefined && value !== null;
    if (it.style < 5 && !isGiven(it.custom_id))
      context.addIssue(issue(['custom_id'], 'BUTTON_COMPONENT_CUSTOM_ID_REQUIRED', 'A custom id is required'));
    if (it.style === 5 && !isGiven(it.url))
      context.addIssue(issue(['url'], 'BUTTON_COMPONENT_URL_REQUIRED', 'A url is required'));
    if (it.style === 6 && !isGiven(it.sku_id)) context.addIssue(required('sku_id'));
    if (isGiven(it.custom_id) && isGiven(it.url)) {
      const code = 'BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE';
      context.addIssue(issue(['custom_id'], code, 'A custom id and url cannot both be specified'));
    }
  });

const selectParts = {
  id: componentId,
  custom_id: customId,
  placeholder: z.string().max(150).nullish(),
  min_values: z.number().int().min(0).max(25).nullish(),
  max_values: z.number().int().min(1).max(25).nullish(),
  disabled: z.boolean().nullish(),
  required: z.boolean().nullish(),
};

interface SelectValues {
  min_values?: number | null | undefined;
  max_values?: number | null | undefined;
}

/** What is chosen beforehand, and what has to be chosen, must be possible to choose. */
function refineCount(it: SelectValues, defaults: number, context: z.RefinementCtx): void {
  const maximum = it.max_values ?? 1;
  if ((it.min_values ?? 1) > maximum) {
    const message = `int value should be less than or equal to ${maximum}.`;
    context.addIssue(issue(['min_values'], 'NUMBER_TYPE_MAX', message));
  }
  if (defaults > maximum) {
    const message = 'The specified number of default values exceeds the specified maximum values';
    context.addIssue(issue([], 'SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES', message));
  }
}

const selectOption = z.looseObject({
  label: textBetween(1, 100),
  value: textBetween(1, 100),
  description: z.string().max(100).nullish(),
  default: z.boolean().nullish(),
  emoji,
});

/** Options of a select, a radio group or a group of checkboxes: no value twice. */
export function refineOptions(options: readonly { value: string }[], context: z.RefinementCtx): void {
  options.forEach(({ value }, index) => {
    if (options.findIndex((it) => it.value === value) === index) return;
    const code = 'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED';
    context.addIssue(issue(['options', index, 'value'], code, 'The specified option value is already used'));
  });
}

export const stringSelect = z
  .looseObject({ type: z.literal(3), ...selectParts, options: listBetween(selectOption, 1, 25) })
  .superRefine((it, context) => {
    refineOptions(it.options, context);
    refineCount(it, it.options.filter((option) => option.default === true).length, context);
    if ((it.max_values ?? 1) <= it.options.length) return;
    const message = `int value should be less than or equal to ${it.options.length}.`;
    context.addIssue(issue(['max_values'], 'NUMBER_TYPE_MAX', message));
  });

function entitySelect<Type extends 5 | 6 | 7 | 8>(type: Type, kinds: ('user' | 'role' | 'channel')[]) {
  const defaultValue = z.looseObject({ id: snowflake, type: z.enum(kinds) });
  return z
    .looseObject({
      type: z.literal(type),
      ...selectParts,
      default_values: z.array(defaultValue).max(25).nullish(),
      channel_types: z.array(z.number().int().min(0)).nullish(),
    })
    .superRefine((it, context) => refineCount(it, it.default_values?.length ?? 0, context));
}

/** Selects of users, roles, both, and channels. */
export const entitySelects = [
  entitySelect(5, ['user']),
  entitySelect(6, ['role']),
  entitySelect(7, ['user', 'role']),
  entitySelect(8, ['channel']),
] as const;

const row = z
  .looseObject({
    type: z.literal(1),
    id: componentId,
    components: listBetween(z.discriminatedUnion('type', [button, stringSelect, ...entitySelects]), 1, 5),
  })
  .superRefine(({ components }, context) => {
    if (components.length > componentLimits.rowWidth) return;
    let width = 0;
    components.forEach(({ type }, index) => {
      // A select fills a row.
      width += type === 2 ? 1 : componentLimits.rowWidth;
      if (width <= componentLimits.rowWidth) return;
      const message = 'The specified component exceeds the maximum width';
      context.addIssue(issue(['components', index], 'COMPONENT_LAYOUT_WIDTH_EXCEEDED', message));
    });
  });

const mediaUrl = z.looseObject({ url: z.string().max(2_048) });
const spoiler = z.boolean().nullish();
const mediaDescription = z.string().max(1_024).nullish();

export const textDisplay = z.looseObject({
  type: z.literal(10),
  id: componentId,
  content: textBetween(1, componentLimits.displayedCharacters),
});

const thumbnail = z.looseObject({
  type: z.literal(11),
  id: componentId,
  media: mediaUrl,
  description: mediaDescription,
  spoiler,
});

const section = z.looseObject({
  type: z.literal(9),
  id: componentId,
  components: listBetween(z.discriminatedUnion('type', [textDisplay]), 1, 3),
  accessory: z.discriminatedUnion('type', [button, thumbnail]),
});

const mediaGallery = z.looseObject({
  type: z.literal(12),
  id: componentId,
  items: listBetween(z.looseObject({ media: mediaUrl, description: mediaDescription, spoiler }), 1, 10),
});

const file = z.looseObject({
  type: z.literal(13),
  id: componentId,
  // Only files that are sent along.
  file: z.looseObject({
    url: z
      .string()
      .max(2_048)
      .regex(/^attachment:\/\/./),
  }),
  spoiler,
});

const separator = z.looseObject({
  type: z.literal(14),
  id: componentId,
  divider: z.boolean().nullish(),
  spacing: z.number().int().min(1).max(2).nullish(),
});

const insideContainer = [row, section, textDisplay, mediaGallery, file, separator] as const;

const container = z.looseObject({
  type: z.literal(17),
  id: componentId,
  accent_color: z.number().int().min(0).max(0xffffff).nullish(),
  spoiler,
  components: listBetween(z.discriminatedUnion('type', insideContainer), 1, componentLimits.total),
});

/** Everything that may stand at the top of a message; the flags decide what of it (see component-rules.ts). */
export const messageComponents = z.array(z.discriminatedUnion('type', [...insideContainer, container]));

export type MessageComponents = z.infer<typeof messageComponents>;
