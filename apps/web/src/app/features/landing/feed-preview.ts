import { Component } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { Icon } from '../../ui/icon';

const lines = [
  { id: 'one', initials: 'NR', hue: 265, isJoin: false },
  { id: 'two', initials: 'SB', hue: 150, isJoin: true },
  { id: 'three', initials: 'CM', hue: 30, isJoin: false },
] as const;

/** An illustration of the live feed, marked as an example. */
@Component({
  selector: 'gh-feed-preview',
  imports: [Icon, TranslocoDirective],
  template: `
    <figure class="card" *transloco="let t; prefix: 'landing.preview'">
      <figcaption>
        <span class="live">{{ t('live') }}</span>
        <span>{{ t('caption') }}</span>
      </figcaption>
      @for (line of lines; track line.id) {
        <div class="line">
          <span class="face" [style.--hue]="line.hue" aria-hidden="true">
            @if (line.isJoin) {
              <gh-icon name="person-add" />
            } @else {
              {{ line.initials }}
            }
          </span>
          <p>
            <b>{{ t(line.id + '.name') }}</b> <small>{{ t(line.id + '.place') }}</small><br />
            {{ t(line.id + '.text') }}
          </p>
        </div>
      }
    </figure>
  `,
  styles: `
    figure {
      box-shadow: 0 24px 64px -24px rgb(20 28 60 / 35%);
      overflow: hidden;
    }
    figcaption {
      display: flex;
      justify-content: space-between;
      padding: 14px 18px;
      border-block-end: 1px solid var(--color-line);
      color: var(--color-muted);
      font-size: 13px;
    }
    .live {
      color: var(--color-good);
      font-weight: 600;
    }
    .live::before {
      content: '';
      display: inline-block;
      inline-size: 8px;
      block-size: 8px;
      margin-inline-end: 8px;
      border-radius: 50%;
      background: currentColor;
    }
    .line {
      display: flex;
      gap: 12px;
      padding: 14px 18px;
    }
    .line + .line {
      border-block-start: 1px solid var(--color-line);
    }
    .face {
      display: grid;
      place-items: center;
      flex: none;
      inline-size: 40px;
      block-size: 40px;
      border-radius: 50%;
      background: oklch(0.48 0.11 var(--hue));
      color: #fff;
      font-size: 14px;
      font-weight: 600;
    }
    small {
      margin-inline-start: 6px;
      color: var(--color-muted);
    }
  `,
})
export class FeedPreview {
  protected readonly lines = lines;
}
