import { describe, expect, it } from 'vitest';
import { nearestLocale } from './locales.js';

describe('nearestLocale', () => {
  it.each([
    ['fr', 'fr'],
    ['fr-CA', 'fr'],
    ['FR', 'fr'],
    ['en-GB', 'en'],
    ['de', 'en'],
    ['frr', 'en'],
    [null, 'en'],
  ])('takes %s for %s', (tag, locale) => {
    expect(nearestLocale(tag)).toBe(locale);
  });
});
