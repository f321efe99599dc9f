import { Component, inject, input, resource, signal } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import type { FailedAction, Page } from '@guildhall/contracts';
import { ApiClient } from '../../api/api-client';
import { failureOf } from '../../api/failure-of';
import { reloadOnChange } from '../../realtime/reload-on-change';
import { FormProblem } from '../../ui/form/form-problem';
import { Submission } from '../../ui/form/submission';
import { Pager } from '../../ui/pager';
import { ProblemView } from '../../ui/problem-view';
import { RelativeTime } from '../../ui/relative-time';
import { Skeleton } from '../../ui/skeleton';
import { StateView } from '../../ui/state-view';

/** Background work that used up its retries: try it again, or let it be. */
@Component({
  selector: 'gh-failures-page',
  imports: [FormProblem, Pager, ProblemView, RelativeTime, Skeleton, StateView, TranslocoDirective],
  template: `
    <ng-container *transloco="let t">
      <header class="page-header">
        <div>
          <h1>{{ t('titles.failures') }}</h1>
          <p>{{ t('failures.subtitle') }}</p>
        </div>
      </header>
      @if (failure(); as failure) {
        <gh-problem [error]="failure" (retry)="actions.reload()" />
      } @else if (actions.hasValue()) {
        <gh-form-problem [error]="submission.failure()" />
        <section class="card panel wide">
          <table class="data-table">
            <tbody>
              @for (action of actions.value().items; track action.id) {
                <tr>
                  <td class="muted"><gh-time [at]="action.failedAt" /></td>
                  <td>
                    <code>{{ action.queue }}</code>
                    <div>{{ action.reason }}</div>
                  </td>
                  <td class="muted">{{ t('failures.attempts', { count: action.attempts }) }}</td>
                  <td>
                    @if (action.state === 'open') {
                      <span class="button-row">
                        <button type="button" class="button primary" (click)="settle(action, 'retry')">
                          {{ t('actions.retry') }}
                        </button>
                        <button type="button" class="button" (click)="settle(action, 'dismiss')">
                          {{ t('failures.dismiss') }}
                        </button>
                      </span>
                    } @else {
                      <span class="chip">{{ t('failures.states.' + action.state) }}</span>
                    }
                  </td>
                </tr>
              }
            </tbody>
          </table>
          @if (actions.value().items.length === 0) {
            <gh-state kind="empty" [heading]="t('failures.empty')" [text]="t('failures.emptyText')" />
          }
          <gh-pager [totalPages]="actions.value().totalPages" [(page)]="page" />
        </section>
      } @else {
        <div class="card"><gh-skeleton [rows]="4" /></div>
      }
    </ng-container>
  `,
})
export class FailuresPage {
  readonly guildId = input.required<string>();
  private readonly api = inject(ApiClient);
  protected readonly submission = new Submission();
  protected readonly page = signal(1);
  protected readonly actions = resource({
    params: () => ({ path: this.path(), page: this.page() }),
    loader: ({ params: { path, page }, abortSignal }) => this.api.get<Page<FailedAction>>(path, { page }, abortSignal),
  });
  protected readonly failure = failureOf(this.actions);

  constructor() {
    reloadOnChange(this.guildId, ['failures'], () => this.actions.reload());
  }

  protected async settle({ id }: FailedAction, how: 'retry' | 'dismiss'): Promise<void> {
    await this.submission.run(() => this.api.post(`${this.path()}/${id}/${how}`));
    this.actions.reload();
  }

  private path(): string {
    return `/api/guilds/${this.guildId()}/failures`;
  }
}
