import { LOCALES, type Locale } from '@guildhall/contracts';
import { Locale as DiscordLocale } from 'discord.js';
import { createInstance } from 'i18next';
import en from './locales/en.json' with { type: 'json' };
import fr from './locales/fr.json' with { type: 'json' };

const resources = { en: { translation: en }, fr: { translation: fr } } as const satisfies Record<Locale, object>;

/** The languages of Discord's client that see our texts in each of our languages. */
const discordLocales: Record<Locale, readonly DiscordLocale[]> = {
  en: [DiscordLocale.EnglishUS, DiscordLocale.EnglishGB],
  fr: [DiscordLocale.French],
};

const i18n = createInstance();
// Resources are in memory and `initAsync` is off: the instance is ready when this returns.
void i18n.init({
  resources,
  fallbackLng: LOCALES[0],
  initAsync: false,
  returnNull: false,
  // Texts go into Discord messages, not into HTML.
  interpolation: { escapeValue: false },
});

export type Translate = (key: string, values?: Record<string, unknown>) => string;

/** A function that gives the text of a key in a language. */
export function translator(locale: Locale): Translate {
  return (key, values) => i18n.t(key, { ...values, lng: locale });
}

/** A key's text in every language, in the form of Discord's own localizations. */
export function localizations(key: string): Partial<Record<DiscordLocale, string>> {
  const entries = LOCALES.flatMap((locale) =>
    discordLocales[locale].map((tag) => [tag, translator(locale)(key)] as const),
  );
  return Object.fromEntries(entries);
}
