import { MessageFlags } from 'discord-api-types/v10';
import { type Component, componentsIn, mapComponents, numberComponents } from '../state/components.js';
import { componentLimits, type MessageComponents } from './component-schemas.js';
import { type FieldError, invalidForm } from './errors.js';
import { typeChoices } from './form-fields.js';

/** What a message says, as a body asks for it and as it stands already. */
interface Layout {
  content?: string | null | undefined;
  embeds?: unknown[] | null | undefined;
  components?: MessageComponents | null | undefined;
  flags?: number | null | undefined;
}

interface Standing {
  content: string;
  embeds: unknown[];
  flags: number;
}

/**
 * What no schema can tell: whether the components fit the flags, and each other. Once a message has the flag for Components V2, it stays.
 * @throws DiscordError 50035
 * @see https://docs.discord.com/developers/components/reference
 */
export function requireLayout(body: Layout, standing?: Standing): void {
  const isDisplayed = (((body.flags ?? 0) | (standing?.flags ?? 0)) & MessageFlags.IsComponentsV2) !== 0;
  const components = body.components ?? [];
  const faults = [
    ...(isDisplayed ? legacyFaults(body, standing) : []),
    ...(isDisplayed ? sizeFaults(components) : rowFaults(components)),
    ...duplicateFaults(components),
  ];
  if (faults.length > 0) throw invalidForm(faults);
}

function legacyFaults(body: Layout, standing: Standing | undefined): FieldError[] {
  const content = body.content === undefined ? standing?.content : body.content;
  const embeds = body.embeds === undefined ? standing?.embeds : body.embeds;
  const given = [...(content ? ['content'] : []), ...((embeds ?? []).length > 0 ? ['embeds'] : [])];
  return given.map((field) => ({
    path: [field],
    code: 'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
    message: `The '${field}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`,
  }));
}

function sizeFaults(components: MessageComponents): FieldError[] {
  const all = [...componentsIn(components)].map(({ component }) => component);
  const characters = all.reduce((sum, { type, content }) => sum + (type === 10 ? String(content).length : 0), 0);
  const { total, displayedCharacters } = componentLimits;
  const path = ['components'];
  return [
    ...(all.length > total
      ? [{ path, code: 'BASE_TYPE_MAX_LENGTH', message: `Must be ${total} or fewer in length.` }]
      : []),
    ...(characters > displayedCharacters
      ? [
          {
            path,
            code: 'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED',
            message: `Components displayable text size exceeds maximum size of ${displayedCharacters}`,
          },
        ]
      : []),
  ];
}

function rowFaults(components: MessageComponents): FieldError[] {
  const { rows } = componentLimits;
  const strangers = components.flatMap(({ type }, index) => (type === 1 ? [] : [index]));
  return [
    ...(components.length > rows
      ? [{ path: ['components'], code: 'BASE_TYPE_MAX_LENGTH', message: `Must be ${rows} or fewer in length.` }]
      : []),
    ...strangers.map((index) => ({
      path: ['components', index],
      code: 'UNION_TYPE_CHOICES',
      message: typeChoices([1]),
    })),
  ];
}

/** No custom id, and no number, stands for two components. */
export function duplicateFaults(components: readonly Component[]): FieldError[] {
  const seen = new Set<unknown>();
  const isSecond = (value: unknown) => seen.has(value) || !seen.add(value);
  return [...componentsIn(components, ['components'])].flatMap(({ component: { id, custom_id: customId }, path }) => [
    ...(typeof customId === 'string' && isSecond(customId)
      ? [
          {
            path: [...path, 'custom_id'],
            code: 'COMPONENT_CUSTOM_ID_DUPLICATED',
            message: 'Component custom id cannot be duplicated',
          },
        ]
      : []),
    ...(typeof id === 'number' && id > 0 && isSecond(id)
      ? [{ path: [...path, 'id'], code: 'BASE_TYPE_BAD_VALUE', message: 'Component id cannot be duplicated' }]
      : []),
  ]);
}

/** What Discord fills in where nothing was said, by type. */
const DEFAULTS: Record<number, Component> = {
  3: { min_values: 1, max_values: 1 },
  5: { min_values: 1, max_values: 1 },
  6: { min_values: 1, max_values: 1 },
  7: { min_values: 1, max_values: 1 },
  8: { min_values: 1, max_values: 1 },
  11: { description: null, spoiler: false },
  13: { spoiler: false },
  14: { divider: true, spacing: 1 },
  17: { accent_color: null, spoiler: false },
};

/** Components as Discord keeps them: numbered, with its defaults, and without what was given as `null`. */
export function keptComponents(components: readonly Component[]): Component[] {
  const kept = mapComponents(components, (component) => {
    const given = withoutNulls(component);
    const items = given['items'] as Component[] | undefined;
    const options = given['options'] as Component[] | undefined;
    return {
      ...DEFAULTS[Number(given['type'])],
      ...given,
      ...(items ? { items: items.map((it) => ({ description: null, spoiler: false, ...withoutNulls(it) })) } : {}),
      ...(options ? { options: options.map(withoutNulls) } : {}),
    };
  });
  return numberComponents(kept);
}

function withoutNulls(component: Component): Component {
  const isGiven = ([, value]: [string, unknown]) => value !== null && value !== undefined;
  const given = Object.fromEntries(Object.entries(component).filter(isGiven));
  const { emoji } = given;
  return { ...given, ...(emoji ? { emoji: withoutNulls(emoji as Component) } : {}) };
}
