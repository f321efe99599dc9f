import { Component, inject, input, resource, signal } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import type { AuditEntry, Page } from '@guildhall/contracts';
import { ApiClient } from '../../api/api-client';
import { failureOf } from '../../api/failure-of';
import { reloadOnChange } from '../../realtime/reload-on-change';
import { Pager } from '../../ui/pager';
import { ProblemView } from '../../ui/problem-view';
import { RelativeTime } from '../../ui/relative-time';
import { Skeleton } from '../../ui/skeleton';
import { StateView } from '../../ui/state-view';

/** What was done in a guild through Guildhall, by whom and from where. */
@Component({
  selector: 'gh-audit-page',
  imports: [Pager, ProblemView, RelativeTime, Skeleton, StateView, TranslocoDirective],
  template: `
    <ng-container *transloco="let t">
      <header class="page-header">
        <div>
          <h1>{{ t('titles.audit') }}</h1>
          <p>{{ t('audit.subtitle') }}</p>
        </div>
      </header>
      @if (failure(); as failure) {
        <gh-problem [error]="failure" (retry)="entries.reload()" />
      } @else if (entries.hasValue()) {
        <section class="card panel wide">
          <table class="data-table">
            <tbody>
              @for (entry of entries.value().items; track entry.id) {
                <tr>
                  <td class="muted"><gh-time [at]="entry.at" /></td>
                  <td>
                    <b>{{ entry.actor?.name ?? t('audit.nobody') }}</b>
                    <div class="muted">{{ t('audit.origins.' + entry.origin) }}</div>
                  </td>
                  <td>
                    <code>{{ entry.action }}</code>
                    <div>{{ entry.target.name ?? entry.target.id }}</div>
                  </td>
                  <td class="muted">
                    @for (change of changesOf(entry); track change.field) {
                      <div>{{ change.field }}: {{ change.before }} → {{ change.after }}</div>
                    }
                    @if (entry.reason) {
                      <div>{{ entry.reason }}</div>
                    }
                  </td>
                </tr>
              }
            </tbody>
          </table>
          @if (entries.value().items.length === 0) {
            <gh-state kind="empty" [heading]="t('audit.empty')" />
          }
          <gh-pager [totalPages]="entries.value().totalPages" [(page)]="page" />
        </section>
      } @else {
        <div class="card"><gh-skeleton [rows]="8" /></div>
      }
    </ng-container>
  `,
})
export class AuditPage {
  readonly guildId = input.required<string>();
  private readonly api = inject(ApiClient);
  protected readonly page = signal(1);
  protected readonly entries = resource({
    params: () => ({ path: `/api/guilds/${this.guildId()}/audit`, page: this.page() }),
    loader: ({ params: { path, page }, abortSignal }) => this.api.get<Page<AuditEntry>>(path, { page }, abortSignal),
  });
  protected readonly failure = failureOf(this.entries);

  constructor() {
    reloadOnChange(this.guildId, ['audit'], () => this.entries.reload());
  }

  protected changesOf({ before, after }: AuditEntry): { field: string; before: string; after: string }[] {
    const fields = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
    return [...fields]
      .map((field) => ({ field, before: textOf(before?.[field]), after: textOf(after?.[field]) }))
      .filter((change) => change.before !== change.after);
  }
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return '–';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
