import { Component, DestroyRef, computed, inject, signal } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { Instance } from '../api/instance';
import { RealtimeConnection } from '../realtime/realtime-connection';
import { Icon } from '../ui/icon';

/** A thin line that appears when something is not as usual; the worst of it, one thing at a time. */
@Component({
  selector: 'gh-status-line',
  imports: [Icon, TranslocoDirective],
  template: `
    <div *transloco="let t; prefix: 'shell.status'" role="status">
      @switch (condition()) {
        @case ('offline') {
          <p class="bad"><gh-icon name="wifi-off" />{{ t('offline') }}</p>
        }
        @case ('reconnecting') {
          <p class="busy"><gh-icon name="sync" />{{ t('reconnecting') }}</p>
        }
        @case ('demo') {
          <p class="demo">
            <gh-icon name="science" />{{ t('demo') }}
            <a [href]="instance.facts()?.simulatorUrl" target="_blank" rel="noopener"
              >{{ t('openSimulator') }}<gh-icon name="open-in-new"
            /></a>
          </p>
        }
      }
    </div>
  `,
  styles: `
    p {
      --icon-size: 16px;
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      justify-content: center;
      gap: 2px 8px;
      padding: 4px 12px;
      font-size: 13px;
      line-height: 20px;
    }
    .bad {
      background: color-mix(in oklab, var(--color-bad) 16%, var(--color-surface));
    }
    .busy {
      background: color-mix(in oklab, var(--color-busy) 16%, var(--color-surface));
    }
    .demo {
      background: color-mix(in oklab, var(--color-accent) 14%, var(--color-surface));
    }
    a {
      --icon-size: 14px;
      display: inline-flex;
      align-items: center;
      gap: 4px;
      font-weight: 600;
      text-decoration: underline;
      text-underline-offset: 2px;
    }
  `,
})
export class StatusLine {
  protected readonly instance = inject(Instance);
  private readonly realtime = inject(RealtimeConnection);
  private readonly isOnline = signal(navigator.onLine);

  protected readonly condition = computed(() => {
    if (!this.isOnline()) return 'offline';
    if (this.realtime.state() === 'reconnecting') return 'reconnecting';
    return this.instance.facts()?.simulatorUrl ? 'demo' : null;
  });

  constructor() {
    const update = () => this.isOnline.set(navigator.onLine);
    addEventListener('online', update);
    addEventListener('offline', update);
    inject(DestroyRef).onDestroy(() => {
      removeEventListener('online', update);
      removeEventListener('offline', update);
    });
  }
}
