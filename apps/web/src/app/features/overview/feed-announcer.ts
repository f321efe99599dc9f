import { Component, DestroyRef, effect, inject, input, signal, untracked } from '@angular/core';
import { Translations } from '../../i18n/translations';

/** Screen readers hear of new entries at most this often, in milliseconds. */
const ANNOUNCE_INTERVAL_MS = 15_000;

/** Tells screen readers, now and then, that the feed has moved on. */
@Component({
  selector: 'gh-feed-announcer',
  template: `<p class="sr-only" aria-live="polite">{{ text() }}</p>`,
})
export class FeedAnnouncer {
  readonly newestKey = input.required<string | null>();
  readonly waitingCount = input.required<number>();
  private readonly translations = inject(Translations);
  protected readonly text = signal('');
  private timer: ReturnType<typeof setTimeout> | undefined;
  private isFirst = true;

  constructor() {
    effect(() => {
      this.newestKey();
      this.waitingCount();
      untracked(() => this.onChange());
    });
    inject(DestroyRef).onDestroy(() => clearTimeout(this.timer));
  }

  private onChange(): void {
    if (this.isFirst) {
      this.isFirst = false;
      return;
    }
    this.timer ??= setTimeout(() => this.announce(), ANNOUNCE_INTERVAL_MS);
  }

  private announce(): void {
    this.timer = undefined;
    const count = this.waitingCount();
    const key = count > 0 ? 'overview.feed.waiting' : 'overview.feed.announcement';
    this.text.set(this.translations.text(key, { count }));
  }
}
