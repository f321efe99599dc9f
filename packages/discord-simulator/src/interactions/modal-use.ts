import { ComponentType, InteractionType } from 'discord-api-types/v10';
import { type Component, findComponent } from '../state/components.js';
import type { World } from '../state/world.js';
import { renderMessage } from '../views/messages.js';
import { nameOf, requireChoices, requireCount, requireOption } from './choices.js';
import type { InteractionOutcome, Interactions } from './interactions.js';
import { Resolved } from './resolved.js';
import { type FieldValue, type GivenFile, ImpossibleAction, type ModalUse } from './use.js';

/** Sends off a modal that is before a person. @throws ImpossibleAction when none is, or what was filled in does not do */
export function submitModal(world: World, interactions: Interactions, use: ModalUse): Promise<InteractionOutcome> {
  const channel = world.channel(use.channelId);
  const shown = interactions.modals.find(use);
  if (!channel || !shown) throw new ImpossibleAction(`No modal ${use.customId} is before this person`);
  const { modal, applicationId, userId, trigger, owners, sourceMessageId = '' } = shown;
  const stranger = Object.keys(use.fields).find((customId) => !findComponent(modal.components, customId));
  if (stranger !== undefined) throw new ImpossibleAction(`No field ${stranger} in this modal`);
  const resolved = new Resolved(world, channel, userId);
  const components = modal.components.map((component) => submitted(component, use.fields, resolved));
  const source = world.history(channel.id).get(sourceMessageId) ?? interactions.findEphemeral(sourceMessageId, userId);
  const answered = interactions.start({
    type: InteractionType.ModalSubmit,
    applicationId,
    userId,
    channel,
    data: { custom_id: use.customId, components, ...resolved.toJSON() },
    name: null,
    source,
    renderedSource: source ? renderMessage(world, source) : undefined,
    owners,
    trigger,
  });
  return answered.then((outcome) => {
    // What failed is still there to be sent again.
    if (outcome.status === 'answered' && interactions.modals.find(use) === shown) interactions.modals.close(shown);
    return outcome;
  });
}

/** A component of the modal, with what was filled in. @see https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-modal-submit-data-structure */
function submitted(component: Component, fields: ModalUse['fields'], resolved: Resolved): Component {
  const { type, id, component: labelled, components } = component;
  const fill = (input: Component): Component => ({
    type: input['type'],
    id: input['id'],
    custom_id: input['custom_id'],
    ...valueOf(input, fields[String(input['custom_id'])], resolved),
  });
  if (type === ComponentType.Label) return { type, id, component: fill(labelled as Component) };
  if (type === ComponentType.ActionRow) return { type, id, components: (components as Component[]).map(fill) };
  return { type, id };
}

function valueOf(input: Component, given: FieldValue | undefined, resolved: Resolved): Component {
  switch (input['type'] as ComponentType) {
    case ComponentType.TextInput:
      return { value: textOf(input, given) };
    case ComponentType.Checkbox:
      return { value: typeof given === 'boolean' ? given : input['default'] === true };
    case ComponentType.RadioGroup:
      return { value: radioOf(input, given) };
    case ComponentType.FileUpload: {
      const files = (Array.isArray(given) ? given : []).filter((it) => typeof it === 'object') as GivenFile[];
      requireCount(input, files.length);
      return { values: files.map((file) => resolved.addFile(file)) };
    }
    default: {
      const values = given === undefined ? defaultsOf(input) : [given].flat().map(String);
      requireChoices(input, values, resolved);
      return { values };
    }
  }
}

function textOf(input: Component, given: FieldValue | undefined): string {
  const text = typeof given === 'string' ? given : String(input['value'] ?? '');
  const { min_length: minimum = 0, max_length: maximum = 4_000, required } = input as Record<string, number | boolean>;
  if (text === '' && required === false) return text;
  if (text === '') throw new ImpossibleAction(`${nameOf(input)} is required`);
  if (text.length < Number(minimum) || text.length > Number(maximum))
    throw new ImpossibleAction(`${nameOf(input)} takes ${String(minimum)} to ${String(maximum)} characters`);
  return text;
}

function radioOf(input: Component, given: FieldValue | undefined): string | null {
  const [value] = given === undefined ? defaultsOf(input) : [given].flat().map(String);
  if (value !== undefined) requireOption(input, value);
  else if (input['required'] !== false) throw new ImpossibleAction(`${nameOf(input)} is required`);
  return value ?? null;
}

/** What a select, a radio group or a group of boxes shows as chosen. */
function defaultsOf(input: Component): string[] {
  const options = (input['options'] ?? []) as { value: string; default?: boolean }[];
  const entities = (input['default_values'] ?? []) as { id: string }[];
  return [...options.filter((it) => it.default).map((it) => it.value), ...entities.map(({ id }) => id)];
}
