import { Injectable, effect, inject, signal } from '@angular/core';
import { Title } from '@angular/platform-browser';
import { TitleStrategy, type RouterStateSnapshot } from '@angular/router';
import { Translations } from './translations';

/** Writes the document's title from a route's `title`, which is a translation key, and follows the language. */
@Injectable({ providedIn: 'root' })
export class PageTitle extends TitleStrategy {
  private readonly title = inject(Title);
  private readonly translations = inject(Translations);
  private readonly key = signal<string | null>(null);
  private readonly context = signal<string | null>(null);

  constructor() {
    super();
    effect(() => {
      const key = this.key();
      const parts = [key && this.translations.text(key), this.context(), 'Guildhall'];
      this.title.setTitle(parts.filter(Boolean).join(' · '));
    });
  }

  override updateTitle(snapshot: RouterStateSnapshot): void {
    this.key.set(this.buildTitle(snapshot) ?? null);
    this.context.set(null);
  }

  /** Names what the page is about, such as a guild. */
  setContext(name: string): void {
    this.context.set(name);
  }
}
