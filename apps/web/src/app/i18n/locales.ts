import type { Locale } from '@guildhall/contracts';

export const LOCALE_KEY = 'guildhall.locale';

/** The languages on offer, each by its own name; the compiler keeps the list in step with the contract. */
export const localeNames = { en: 'English', fr: 'Français' } as const satisfies Record<Locale, string>;

/** The language nearest to the first of these tags that Guildhall speaks, English otherwise. */
export function preferredLocale(tags: readonly string[]): Locale {
  const languages = tags.map((tag) => tag.toLowerCase().split('-')[0] ?? '');
  return languages.find(isLocale) ?? 'en';
}

/** The language to start with: the one chosen here before, or the browser's. */
export function initialLocale(): Locale {
  const stored = localStorage.getItem(LOCALE_KEY);
  return stored !== null && isLocale(stored) ? stored : preferredLocale(navigator.languages);
}

function isLocale(value: string): value is Locale {
  return Object.hasOwn(localeNames, value);
}
