import { Locale } from 'discord-api-types/v10';
import { z } from 'zod';
import { textBetween } from './form-fields.js';

/** Texts by locale. @see https://docs.discord.com/developers/reference#locales */
export function localizations(maximum: number) {
  const locale = z.enum(Object.values(Locale));
  return z.partialRecord(locale, textBetween(1, maximum).nullish()).nullish();
}
