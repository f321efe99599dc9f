import { z } from 'zod';
import { textBetween } from './form-fields.js';
import { localizations } from './localizations.js';
import { modalBody } from './modal-schemas.js';
import { messageCreateBody, messageEditBody } from './schemas.js';

const choice = z.looseObject({
  name: textBetween(1, 100),
  name_localizations: localizations(100),
  value: z.union([z.string().max(100), z.number()]),
});

/** @see https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object */
export const interactionCallbackBody = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal(1) }),
  z.looseObject({ type: z.literal(4), data: messageCreateBody }),
  z.looseObject({ type: z.literal(5), data: z.looseObject({ flags: z.number().int().nullish() }).nullish() }),
  z.looseObject({ type: z.literal(6) }),
  z.looseObject({ type: z.literal(7), data: messageEditBody.nullish() }),
  z.looseObject({ type: z.literal(8), data: z.looseObject({ choices: z.array(choice).max(25).nullish() }) }),
  z.looseObject({ type: z.literal(9), data: modalBody }),
]);
