import { Injectable, effect, inject, signal, untracked } from '@angular/core';
import type { Locale, Theme, UpdateAccount } from '@guildhall/contracts';
import { LOCALE_KEY, initialLocale } from '../i18n/locales';
import { Translations } from '../i18n/translations';
import { Session } from '../session/session';

/** Also read by first-paint.js, before anything of this runs. */
const THEME_KEY = 'guildhall.theme';

/** Language and theme: the account's when signed in, this browser's otherwise. */
@Injectable({ providedIn: 'root' })
export class Preferences {
  private readonly session = inject(Session);
  private readonly translations = inject(Translations);
  private readonly chosenLocale = signal<Locale>(initialLocale());
  private readonly chosenTheme = signal<Theme>(storedTheme());

  readonly locale = this.chosenLocale.asReadonly();
  readonly theme = this.chosenTheme.asReadonly();

  constructor() {
    effect(() => {
      if (this.session.accountId() !== null) untracked(() => this.adopt());
    });
    effect(() => {
      const locale = this.chosenLocale();
      localStorage.setItem(LOCALE_KEY, locale);
      void this.translations.use(locale);
    });
    effect(() => showTheme(this.chosenTheme()));
  }

  /** Shows a language at once and remembers it. */
  async setLocale(locale: Locale): Promise<void> {
    this.chosenLocale.set(locale);
    await this.store({ locale });
  }

  /** Shows a theme at once and remembers it. */
  async setTheme(theme: Theme): Promise<void> {
    this.chosenTheme.set(theme);
    await this.store({ theme });
  }

  private async store(change: UpdateAccount): Promise<void> {
    if (!this.session.account()) return;
    try {
      await this.session.update(change);
    } catch {
      // What could not be stored would be gone at the next visit, so it goes now, while the cause is in sight.
      this.adopt();
    }
  }

  private adopt(): void {
    const account = this.session.account();
    if (!account) return;
    this.chosenLocale.set(account.locale);
    this.chosenTheme.set(account.theme);
  }
}

function storedTheme(): Theme {
  const stored = localStorage.getItem(THEME_KEY);
  return stored === 'light' || stored === 'dark' ? stored : 'system';
}

function showTheme(theme: Theme): void {
  localStorage.setItem(THEME_KEY, theme);
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
}
