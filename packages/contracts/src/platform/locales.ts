import { z } from 'zod';

/** The languages Guildhall speaks; the first one is the fallback. */
export const LOCALES = ['en', 'fr'] as const;

export const localeSchema = z.enum(LOCALES).meta({ id: 'Locale' });

export type Locale = z.infer<typeof localeSchema>;

/** The language of Guildhall nearest to a tag such as `fr-CA` or Discord's `en-GB`. */
export function nearestLocale(tag: string | null | undefined): Locale {
  const language = tag?.toLowerCase().split('-')[0];
  return LOCALES.find((locale) => locale === language) ?? LOCALES[0];
}
