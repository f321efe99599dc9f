import {
  Injectable,
  inject,
  isDevMode,
  provideAppInitializer,
  signal,
  type EnvironmentProviders,
  type Provider,
} from '@angular/core';
import { TranslocoService, provideTransloco, type Translation, type TranslocoLoader } from '@jsverse/transloco';
import type { Locale } from '@guildhall/contracts';
import { firstValueFrom } from 'rxjs';
import { initialLocale } from './locales';

/** Each language is a chunk of its own, so that nobody downloads the others. */
const files: Record<Locale, () => Promise<{ default: Translation }>> = {
  en: () => import('../../locales/en.json'),
  fr: () => import('../../locales/fr.json'),
};

@Injectable({ providedIn: 'root' })
class LocaleFiles implements TranslocoLoader {
  async getTranslation(locale: string): Promise<Translation> {
    return (await files[locale as Locale]()).default;
  }
}

/** The language on screen. */
@Injectable({ providedIn: 'root' })
export class Translations {
  private readonly transloco = inject(TranslocoService);
  private readonly current = signal<Locale>(initialLocale());

  /** Changes only after its texts have arrived. */
  readonly locale = this.current.asReadonly();

  /** Loads a language, then shows it. */
  async use(locale: Locale): Promise<void> {
    await firstValueFrom(this.transloco.load(locale));
    this.transloco.setActiveLang(locale);
    this.current.set(locale);
    document.documentElement.lang = locale;
  }

  /** A text outside of a template; read within an effect or computed, it follows the language. */
  text(key: string, values: Record<string, unknown> = {}): string {
    return this.transloco.translate(key, values, this.locale());
  }
}

/** Translations for the application; its first render waits for the first language. */
export function provideTranslations(): (Provider | EnvironmentProviders)[] {
  return [
    provideTransloco({
      config: {
        availableLangs: Object.keys(files),
        defaultLang: initialLocale(),
        reRenderOnLangChange: true,
        prodMode: !isDevMode(),
        missingHandler: { logMissingKey: true },
      },
      loader: LocaleFiles,
    }),
    provideAppInitializer(() => inject(Translations).use(initialLocale())),
  ];
}
