import { Component, computed, input, output } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import type { FailureCode, ProblemError } from '../api/problem-error';
import { StateView, type StateKind } from './state-view';

/** Failures that trying again cannot change. */
const finalKinds: readonly StateKind[] = ['forbidden', 'not-found'];

/** A failed request in the reader's words: the one place where problem codes become sentences. */
@Component({
  selector: 'gh-problem',
  imports: [StateView, TranslocoDirective],
  template: `
    <gh-state
      *transloco="let t"
      [kind]="kind()"
      [isWholePage]="isWholePage()"
      [heading]="t('problems.' + error().code + '.title')"
      [text]="t('problems.' + error().code + '.text')"
      [reference]="error().requestId && t('problems.reference', { id: error().requestId })"
    >
      @if (canRetry()) {
        <button type="button" class="button" (click)="retry.emit()">{{ t('actions.retry') }}</button>
      }
      <ng-content />
    </gh-state>
  `,
})
export class ProblemView {
  readonly error = input.required<ProblemError>();
  /** Whether the page has no other heading. */
  readonly isWholePage = input(false);
  /** False where the page offers another way forward. */
  readonly isRetryOffered = input(true);
  readonly retry = output();
  protected readonly kind = computed(() => kindOf(this.error().code));
  protected readonly canRetry = computed(() => this.isRetryOffered() && !finalKinds.includes(this.kind()));
}

function kindOf(code: FailureCode): StateKind {
  if (code === 'missing-capability') return 'forbidden';
  if (code === 'not-found' || code === 'offline') return code;
  return 'error';
}
