import { Component } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslocoDirective } from '@jsverse/transloco';
import { StateView } from '../ui/state-view';

/** An address that leads nowhere. */
@Component({
  selector: 'gh-not-found-page',
  imports: [RouterLink, StateView, TranslocoDirective],
  template: `
    <main *transloco="let t">
      <gh-state kind="not-found" [isWholePage]="true" [heading]="t('notFound.heading')" [text]="t('notFound.text')">
        <a class="button primary" routerLink="/">{{ t('notFound.home') }}</a>
      </gh-state>
    </main>
  `,
  styles: `
    main {
      display: grid;
      min-block-size: 70dvh;
    }
  `,
})
export class NotFoundPage {}
