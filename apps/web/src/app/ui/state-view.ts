import { Component, computed, input } from '@angular/core';
import { Icon } from './icon';
import type { IconName } from './icon-paths';

export type StateKind = 'empty' | 'error' | 'forbidden' | 'not-found' | 'offline';

const icons = {
  empty: 'inbox',
  error: 'error',
  forbidden: 'lock',
  'not-found': 'search-off',
  offline: 'cloud-off',
} as const satisfies Record<StateKind, IconName>;

/** What a page or panel shows instead of its content: a sentence, and by projection the next step. */
@Component({
  selector: 'gh-state',
  imports: [Icon],
  template: `
    <span class="badge" aria-hidden="true"><gh-icon [name]="icon()" /></span>
    @if (isWholePage()) {
      <h1>{{ heading() }}</h1>
    } @else {
      <h2>{{ heading() }}</h2>
    }
    @if (text(); as text) {
      <p>{{ text }}</p>
    }
    <div class="actions"><ng-content /></div>
    @if (reference(); as reference) {
      <code>{{ reference }}</code>
    }
  `,
  styles: `
    :host {
      display: grid;
      justify-items: center;
      align-content: center;
      gap: 8px;
      padding: 48px 24px;
      text-align: center;
    }
    .badge {
      --icon-size: 28px;
      display: grid;
      place-items: center;
      inline-size: 56px;
      block-size: 56px;
      margin-block-end: 8px;
      border-radius: 16px;
      background: var(--color-raised);
      color: var(--color-muted);
    }
    h1,
    h2 {
      font-size: 18px;
      font-weight: 600;
      text-wrap: balance;
    }
    p {
      max-inline-size: 48ch;
      color: var(--color-muted);
      text-wrap: pretty;
    }
    .actions {
      display: flex;
      flex-wrap: wrap;
      justify-content: center;
      gap: 8px;
      margin-block-start: 12px;
    }
    .actions:empty {
      display: none;
    }
    code {
      margin-block-start: 8px;
      color: var(--color-muted);
      font-size: 12px;
    }
  `,
  host: { '[attr.role]': "kind() === 'error' || kind() === 'offline' ? 'alert' : null" },
})
export class StateView {
  readonly kind = input.required<StateKind>();
  readonly heading = input.required<string>();
  readonly text = input<string>();
  /** Whether the page has no other heading. */
  readonly isWholePage = input(false);
  /** What to quote when asking for help. */
  readonly reference = input<string | null>(null);
  protected readonly icon = computed(() => icons[this.kind()]);
}
