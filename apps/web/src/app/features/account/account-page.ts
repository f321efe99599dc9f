import { Component, computed, inject, input, resource } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import type { AccountSession } from '@guildhall/contracts';
import { ApiClient } from '../../api/api-client';
import { failureOf } from '../../api/failure-of';
import { failureCode, ProblemError } from '../../api/problem-error';
import { Session } from '../../session/session';
import { PreferenceChoices } from '../../shell/preference-choices';
import { FormProblem } from '../../ui/form/form-problem';
import { ProblemView } from '../../ui/problem-view';
import { RelativeTime } from '../../ui/relative-time';
import { Skeleton } from '../../ui/skeleton';
import { MyData } from './my-data';
import { SignInWays } from './sign-in-ways';

/** Who I am here, how I sign in, where I am signed in, and what is held about me. */
@Component({
  selector: 'gh-account-page',
  imports: [
    FormProblem,
    MyData,
    PreferenceChoices,
    ProblemView,
    RelativeTime,
    SignInWays,
    Skeleton,
    TranslocoDirective,
  ],
  template: `
    <ng-container *transloco="let t">
      <header class="page-header">
        <div>
          <h1>{{ t('titles.account') }}</h1>
          <p>{{ session.account()?.displayName }} · {{ session.account()?.email }}</p>
        </div>
        <gh-preference-choices />
      </header>
      @if (linkFailure(); as failure) {
        <gh-form-problem [error]="failure" />
      } @else if (linked()) {
        <p class="card panel" role="status">{{ t('account.linked') }}</p>
      }
      <gh-sign-in-ways />
      <section class="card panel">
        <h2>{{ t('account.sessions') }}</h2>
        @if (failure(); as failure) {
          <gh-problem [error]="failure" (retry)="sessions.reload()" />
        } @else if (sessions.hasValue()) {
          <table class="data-table">
            <tbody>
              @for (one of sessions.value().items; track one.id) {
                <tr>
                  <td>
                    {{ one.userAgent ?? t('account.unknownDevice') }}
                    <div class="muted">{{ one.ipAddress }} · <gh-time [at]="one.lastUsedAt" /></div>
                  </td>
                  <td>
                    @if (one.isCurrent) {
                      <span class="chip">{{ t('account.thisDevice') }}</span>
                    } @else {
                      <button type="button" class="button danger" (click)="end(one)">{{ t('account.end') }}</button>
                    }
                  </td>
                </tr>
              }
            </tbody>
          </table>
        } @else {
          <gh-skeleton [rows]="2" />
        }
      </section>
      <gh-my-data />
    </ng-container>
  `,
})
export class AccountPage {
  /** From the address, where a link with Discord ends: that it is made, or the code of the problem. */
  readonly linked = input<string>();
  readonly error = input<string>();
  protected readonly linkFailure = computed(() => {
    const code = this.error();
    return code === undefined ? null : new ProblemError(failureCode(code));
  });
  private readonly api = inject(ApiClient);
  protected readonly session = inject(Session);
  protected readonly sessions = resource({
    loader: ({ abortSignal }) => this.api.get<{ items: AccountSession[] }>('/api/auth/sessions', {}, abortSignal),
  });
  protected readonly failure = failureOf(this.sessions);

  protected async end({ id }: AccountSession): Promise<void> {
    await this.api.delete(`/api/auth/sessions/${id}`).catch(() => undefined);
    this.sessions.reload();
  }
}
