import { Component, inject } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import type { Locale } from '@guildhall/contracts';
import { localeNames } from '../i18n/locales';
import { Icon } from '../ui/icon';
import { Preferences } from './preferences';

const locales = Object.entries(localeNames).map(([id, name]) => ({ id: id as Locale, name }));
const themes = [
  { id: 'system', icon: 'contrast' },
  { id: 'light', icon: 'light-mode' },
  { id: 'dark', icon: 'dark-mode' },
] as const;

/** Language and theme; a choice shows at once. */
@Component({
  selector: 'gh-preference-choices',
  imports: [Icon, TranslocoDirective],
  template: `
    <ng-container *transloco="let t; prefix: 'preferences'">
      <div role="group" [attr.aria-label]="t('theme.label')">
        @for (theme of themes; track theme.id) {
          <button
            type="button"
            [attr.aria-pressed]="preferences.theme() === theme.id"
            [attr.aria-label]="t('theme.' + theme.id)"
            [title]="t('theme.' + theme.id)"
            (click)="preferences.setTheme(theme.id)"
          >
            <gh-icon [name]="theme.icon" />
          </button>
        }
      </div>
      <div role="group" [attr.aria-label]="t('language')">
        @for (locale of locales; track locale.id) {
          <button
            type="button"
            [lang]="locale.id"
            [attr.aria-pressed]="preferences.locale() === locale.id"
            (click)="preferences.setLocale(locale.id)"
          >
            {{ locale.name }}
          </button>
        }
      </div>
    </ng-container>
  `,
  styles: `
    :host {
      display: flex;
      flex-wrap: wrap;
      gap: 8px;
    }
    div {
      display: inline-flex;
      padding: 2px;
      border: 1px solid var(--color-line);
      border-radius: 10px;
      background: var(--color-surface);
    }
    button {
      --icon-size: 18px;
      display: grid;
      place-items: center;
      min-inline-size: 32px;
      block-size: 28px;
      padding-inline: 6px;
      border-radius: 8px;
      color: var(--color-muted);
      font-size: 13px;
    }
    button:hover {
      color: var(--color-text);
    }
    button[aria-pressed='true'] {
      background: var(--color-raised);
      color: var(--color-text);
      font-weight: 600;
    }
  `,
})
export class PreferenceChoices {
  protected readonly preferences = inject(Preferences);
  protected readonly locales = locales;
  protected readonly themes = themes;
}
