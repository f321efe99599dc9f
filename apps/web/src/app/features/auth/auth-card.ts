import { Component, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslocoDirective } from '@jsverse/transloco';
import { PreferenceChoices } from '../../shell/preference-choices';

/** The card that every page around e-mail accounts stands in. */
@Component({
  selector: 'gh-auth-card',
  imports: [PreferenceChoices, RouterLink, TranslocoDirective],
  template: `
    <header *transloco="let t; prefix: 'auth'">
      <a class="brand" routerLink="/" [attr.aria-label]="t('home')">
        <img src="favicon.svg" alt="" width="28" height="28" />Guildhall
      </a>
      <gh-preference-choices />
    </header>
    <main>
      <section class="card">
        <h1>{{ heading() }}</h1>
        @if (lead()) {
          <p class="lead">{{ lead() }}</p>
        }
        <ng-content />
      </section>
      <ng-content select="[below]" />
    </main>
  `,
  styleUrl: './auth-card.css',
})
export class AuthCard {
  readonly heading = input.required<string>();
  readonly lead = input<string>();
}
