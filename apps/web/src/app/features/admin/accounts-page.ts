import { Component, inject, resource, signal } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import type { AdminAccount, Page, PlatformRole } from '@guildhall/contracts';
import { ApiClient } from '../../api/api-client';
import { failureOf } from '../../api/failure-of';
import { FormProblem } from '../../ui/form/form-problem';
import { Submission } from '../../ui/form/submission';
import { TextField } from '../../ui/form/text-field';
import { Pager } from '../../ui/pager';
import { ProblemView } from '../../ui/problem-view';
import { Skeleton } from '../../ui/skeleton';

const roles: readonly PlatformRole[] = ['USER', 'MODERATOR', 'ADMIN'];

/** The accounts of this Guildhall, for its administrators. */
@Component({
  selector: 'gh-accounts-page',
  imports: [FormProblem, Pager, ProblemView, Skeleton, TextField, TranslocoDirective],
  template: `
    <ng-container *transloco="let t">
      <header class="page-header">
        <div>
          <h1>{{ t('titles.accounts') }}</h1>
          <p>{{ t('accounts.subtitle') }}</p>
        </div>
      </header>
      @if (failure(); as failure) {
        <gh-problem [error]="failure" (retry)="accounts.reload()" />
      } @else if (accounts.hasValue()) {
        <gh-form-problem [error]="changing.failure()" />
        <section class="card panel wide">
          <table class="data-table">
            <tbody>
              @for (account of accounts.value().items; track account.id) {
                <tr>
                  <td>
                    <b>{{ account.displayName }}</b>
                    <div class="muted">{{ account.email ?? account.username }}</div>
                  </td>
                  <td>
                    <select
                      class="select"
                      [attr.aria-label]="t('accounts.roleOf', { name: account.displayName })"
                      (change)="setRole(account, $event)"
                    >
                      @for (role of roles; track role) {
                        <option [value]="role" [selected]="account.role === role">
                          {{ t('accounts.roles.' + role) }}
                        </option>
                      }
                    </select>
                  </td>
                </tr>
              }
            </tbody>
          </table>
          <gh-pager [totalPages]="accounts.value().totalPages" [(page)]="page" />
        </section>
        <section class="card panel">
          <h2>{{ t('accounts.create') }}</h2>
          <form novalidate (submit)="create($event)">
            <gh-text-field
              type="email"
              [label]="t('forms.email')"
              [error]="creating.refuses('email') ? t('forms.emailInvalid') : null"
              [(value)]="email"
            />
            <gh-form-problem [error]="creating.formFailure()" />
            <div class="button-row">
              <button class="button primary" [disabled]="creating.isRunning() || email().trim() === ''">
                {{ t('accounts.create') }}
              </button>
              @if (isCreated()) {
                <span class="muted" role="status">{{ t('accounts.created') }}</span>
              }
            </div>
          </form>
        </section>
      } @else {
        <div class="card"><gh-skeleton [rows]="5" /></div>
      }
    </ng-container>
  `,
})
export class AccountsPage {
  private readonly api = inject(ApiClient);
  protected readonly changing = new Submission();
  protected readonly creating = new Submission();
  protected readonly email = signal('');
  protected readonly isCreated = signal(false);
  protected readonly page = signal(1);
  protected readonly roles = roles;
  protected readonly accounts = resource({
    params: () => this.page(),
    loader: ({ params: page, abortSignal }) =>
      this.api.get<Page<AdminAccount>>('/api/admin/accounts', { page }, abortSignal),
  });
  protected readonly failure = failureOf(this.accounts);

  protected async setRole({ id }: AdminAccount, event: Event): Promise<void> {
    const role = (event.target as HTMLSelectElement).value;
    await this.changing.run(() => this.api.patch(`/api/admin/accounts/${id}`, { role }));
    this.accounts.reload();
  }

  /** The person is mailed a link to choose a password. */
  protected async create(event: Event): Promise<void> {
    event.preventDefault();
    const body = { email: this.email().trim() };
    this.isCreated.set(await this.creating.run(() => this.api.post('/api/admin/accounts', body)));
    if (!this.isCreated()) return;
    this.email.set('');
    this.accounts.reload();
  }
}
