import { z } from 'zod';
import { componentId, customId, entitySelects, refineOptions, stringSelect, textDisplay } from './component-schemas.js';
import { duplicateFaults } from './component-rules.js';
import { issue, listBetween, required, textBetween } from './form-fields.js';

const isRequired = z.boolean().nullish();

const textInput = z
  .looseObject({
    type: z.literal(4),
    id: componentId,
    custom_id: customId,
    style: z.number().int().min(1).max(2),
    label: textBetween(1, 45).nullish(),
    value: z.string().max(4_000).nullish(),
    placeholder: z.string().max(100).nullish(),
    required: isRequired,
    min_length: z.number().int().min(0).max(4_000).nullish(),
    max_length: z.number().int().min(1).max(4_000).nullish(),
  })
  .superRefine((it, context) => {
    const maximum = it.max_length ?? 4_000;
    if ((it.min_length ?? 0) <= maximum) return;
    context.addIssue(issue(['min_length'], 'NUMBER_TYPE_MAX', `int value should be less than or equal to ${maximum}.`));
  });

/** An input of the old kind, which names itself: in place of the label around it. */
const row = z.looseObject({
  type: z.literal(1),
  id: componentId,
  components: listBetween(
    z.discriminatedUnion('type', [
      textInput.superRefine(({ label }, context) => {
        if (!label) context.addIssue(required('label'));
      }),
    ]),
    1,
    1,
  ),
});

const counts = {
  min_values: z.number().int().min(0).max(10).nullish(),
  max_values: z.number().int().min(1).max(10).nullish(),
};

const choice = z.looseObject({
  label: textBetween(1, 100),
  value: textBetween(1, 100),
  description: z.string().max(100).nullish(),
  default: z.boolean().nullish(),
});

const named = { id: componentId, custom_id: customId, required: isRequired };
const fileUpload = z.looseObject({ type: z.literal(19), ...named, ...counts });
const radioGroup = z
  .looseObject({ type: z.literal(21), ...named, options: listBetween(choice, 2, 10) })
  .superRefine(({ options }, context) => refineOptions(options, context));
const checkboxGroup = z
  .looseObject({ type: z.literal(22), ...named, ...counts, options: listBetween(choice, 1, 10) })
  .superRefine(({ options }, context) => refineOptions(options, context));
const checkbox = z.looseObject({
  type: z.literal(23),
  id: componentId,
  custom_id: customId,
  default: z.boolean().nullish(),
});

/** @see https://docs.discord.com/developers/components/reference#label */
const label = z.looseObject({
  type: z.literal(18),
  id: componentId,
  label: textBetween(1, 45),
  description: z.string().max(100).nullish(),
  component: z.discriminatedUnion('type', [
    stringSelect,
    textInput,
    ...entitySelects,
    fileUpload,
    radioGroup,
    checkboxGroup,
    checkbox,
  ]),
});

/** @see https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-modal */
export const modalBody = z
  .looseObject({
    custom_id: customId,
    title: textBetween(1, 45),
    components: listBetween(z.discriminatedUnion('type', [row, label, textDisplay]), 1, 5),
  })
  .superRefine(({ components }, context) => {
    for (const { path, code, message } of duplicateFaults(components))
      context.addIssue(issue([...path], code, message));
  });
