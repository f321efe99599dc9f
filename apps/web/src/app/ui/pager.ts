import { Component, input, model } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';

/** To the pages before and after. */
@Component({
  selector: 'gh-pager',
  imports: [TranslocoDirective],
  template: `
    @if (totalPages() > 1) {
      <nav class="button-row" *transloco="let t; prefix: 'pager'" [attr.aria-label]="t('label')">
        <button type="button" class="button" [disabled]="page() <= 1" (click)="page.set(page() - 1)">
          {{ t('previous') }}
        </button>
        <span class="muted">{{ t('position', { page: page(), total: totalPages() }) }}</span>
        <button type="button" class="button" [disabled]="page() >= totalPages()" (click)="page.set(page() + 1)">
          {{ t('next') }}
        </button>
      </nav>
    }
  `,
})
export class Pager {
  readonly totalPages = input.required<number>();
  readonly page = model.required<number>();
}
