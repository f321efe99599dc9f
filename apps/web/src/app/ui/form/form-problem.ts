import { Component, input } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import type { ProblemError } from '../../api/problem-error';
import { Icon } from '../icon';

/** Why a form was not accepted, above its button. */
@Component({
  selector: 'gh-form-problem',
  imports: [Icon, TranslocoDirective],
  template: `
    @if (error(); as error) {
      <div role="alert" *transloco="let t; prefix: 'problems'">
        <gh-icon name="error" />
        <p>
          <b>{{ t(error.code + '.title') }}</b>
          {{ t(error.code + '.text') }}
        </p>
      </div>
    }
  `,
  styles: `
    div {
      display: flex;
      gap: 10px;
      padding: 12px;
      border: 1px solid color-mix(in oklab, var(--color-bad) 45%, transparent);
      border-radius: 8px;
      background: color-mix(in oklab, var(--color-bad) 8%, transparent);
    }
    gh-icon {
      color: var(--color-bad);
    }
    b {
      display: block;
    }
  `,
  host: { '[hidden]': 'error() === null' },
})
export class FormProblem {
  readonly error = input.required<ProblemError | null>();
}
