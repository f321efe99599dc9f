import { expect, it } from 'vitest';
import { preferredLocale } from './locales';

it.each([
  [['fr-CA', 'en'], 'fr'],
  [['de-DE', 'FR'], 'fr'],
  [['de', 'it'], 'en'],
  [[], 'en'],
  [['constructor'], 'en'],
])('speaks to a browser that prefers %j in %s', (tags, locale) => {
  expect(preferredLocale(tags)).toBe(locale);
});
