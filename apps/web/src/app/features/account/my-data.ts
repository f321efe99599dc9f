import { Component, computed, inject, resource, signal } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import type { Account, DataExport } from '@guildhall/contracts';
import { ApiClient } from '../../api/api-client';
import { Session } from '../../session/session';
import { FormProblem } from '../../ui/form/form-problem';
import { Submission } from '../../ui/form/submission';
import { TextField } from '../../ui/form/text-field';
import { RelativeTime } from '../../ui/relative-time';

/** A copy of what is held about me, and its erasure. */
@Component({
  selector: 'gh-my-data',
  imports: [FormProblem, RelativeTime, TextField, TranslocoDirective],
  template: `
    <ng-container *transloco="let t">
      <section class="card panel">
        <h2>{{ t('account.data') }}</h2>
        <p class="muted">{{ t('account.exportText') }}</p>
        <gh-form-problem [error]="exporting.failure()" />
        <ul>
          @for (one of exports.value()?.items ?? []; track one.id) {
            <li class="button-row">
              <gh-time [at]="one.createdAt" />
              <span class="chip">{{ t('account.exportStates.' + one.state) }}</span>
              @if (one.state === 'ready') {
                <button type="button" class="button" (click)="download(one)">{{ t('account.download') }}</button>
              }
            </li>
          }
        </ul>
        <div class="button-row">
          <button type="button" class="button" [disabled]="exporting.isRunning()" (click)="export()">
            {{ t('account.export') }}
          </button>
          <button type="button" class="button quiet" (click)="exports.reload()">{{ t('account.refresh') }}</button>
        </div>
      </section>
      <section class="card panel">
        <h2>{{ t('account.erase') }}</h2>
        <p class="muted">{{ t('account.eraseText', { name: confirmation() }) }}</p>
        <form novalidate (submit)="erase($event)">
          <gh-text-field [label]="t('account.eraseLabel', { name: confirmation() })" [(value)]="typed" />
          <gh-text-field
            type="password"
            autocomplete="current-password"
            [label]="t('forms.currentPassword')"
            [hint]="t('account.passwordHint')"
            [maxLength]="128"
            [(value)]="password"
          />
          <gh-form-problem [error]="erasing.failure()" />
          <div class="button-row">
            <button class="button danger" [disabled]="erasing.isRunning() || typed() !== confirmation()">
              {{ t('account.erase') }}
            </button>
          </div>
        </form>
      </section>
    </ng-container>
  `,
})
export class MyData {
  private readonly api = inject(ApiClient);
  private readonly session = inject(Session);
  protected readonly exporting = new Submission();
  protected readonly erasing = new Submission();
  protected readonly typed = signal('');
  protected readonly password = signal('');
  protected readonly confirmation = computed(() => nameOf(this.session.account()));
  protected readonly exports = resource({
    loader: ({ abortSignal }) => this.api.get<{ items: DataExport[] }>('/api/auth/me/exports', {}, abortSignal),
  });

  protected async export(): Promise<void> {
    await this.exporting.run(() => this.api.post('/api/auth/me/exports'));
    this.exports.reload();
  }

  protected async download({ id }: DataExport): Promise<void> {
    await this.exporting.run(async () => {
      const file = await this.api.download(`/api/auth/me/exports/${id}/file`);
      const link = Object.assign(document.createElement('a'), {
        href: URL.createObjectURL(file),
        download: 'guildhall-my-data.json',
      });
      link.click();
      URL.revokeObjectURL(link.href);
    });
  }

  protected async erase(event: Event): Promise<void> {
    event.preventDefault();
    const password = this.password();
    const body = { confirm: this.typed(), ...(password !== '' && { password }) };
    if (await this.erasing.run(() => this.api.delete('/api/auth/me', body))) this.session.end();
  }
}

/** What its owner knows the account by. */
function nameOf(account: Account | null): string {
  return (account?.discordId ? account.username : account?.email) ?? '';
}
