import { Component, computed, inject, input, resource, signal } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import type { ApiKey, Capability, NewApiKey, Page } from '@guildhall/contracts';
import { ApiClient } from '../../api/api-client';
import { failureOf } from '../../api/failure-of';
import { reloadOnChange } from '../../realtime/reload-on-change';
import { GuildList } from '../../shell/guild-list';
import { CapabilityPicker } from '../../ui/form/capability-picker';
import { FormProblem } from '../../ui/form/form-problem';
import { Submission } from '../../ui/form/submission';
import { TextField } from '../../ui/form/text-field';
import { ProblemView } from '../../ui/problem-view';
import { RelativeTime } from '../../ui/relative-time';
import { Skeleton } from '../../ui/skeleton';

/** The keys by which automations use a guild's API. */
@Component({
  selector: 'gh-api-keys-page',
  imports: [CapabilityPicker, FormProblem, ProblemView, RelativeTime, Skeleton, TextField, TranslocoDirective],
  templateUrl: './api-keys-page.html',
})
export class ApiKeysPage {
  readonly guildId = input.required<string>();
  private readonly api = inject(ApiClient);
  private readonly guildList = inject(GuildList);
  protected readonly changing = new Submission();
  protected readonly creating = new Submission();
  protected readonly name = signal('');
  protected readonly chosen = signal<readonly Capability[]>([]);
  /** Shown once, until the page is left. */
  protected readonly secret = signal<string | null>(null);
  protected readonly mine = computed(
    () => this.guildList.guilds()?.find(({ id }) => id === this.guildId())?.capabilities ?? [],
  );
  protected readonly keys = resource({
    params: () => this.path(),
    loader: ({ params, abortSignal }) => this.api.get<Page<ApiKey>>(params, { limit: 100 }, abortSignal),
  });
  protected readonly failure = failureOf(this.keys);

  constructor() {
    reloadOnChange(this.guildId, ['apiKeys'], () => this.keys.reload());
  }

  protected async create(event: Event): Promise<void> {
    event.preventDefault();
    const body = { name: this.name().trim(), capabilities: this.chosen() };
    const isDone = await this.creating.run(async () => {
      this.secret.set((await this.api.post<NewApiKey>(this.path(), body)).key);
    });
    if (!isDone) return;
    this.name.set('');
    this.chosen.set([]);
    this.keys.reload();
  }

  protected async rotate({ id }: ApiKey): Promise<void> {
    await this.changing.run(async () => {
      this.secret.set((await this.api.post<NewApiKey>(`${this.path()}/${id}/rotate`)).key);
    });
    this.keys.reload();
  }

  protected async revoke({ id }: ApiKey): Promise<void> {
    await this.changing.run(() => this.api.delete(`${this.path()}/${id}`));
    this.keys.reload();
  }

  protected async copy(secret: string): Promise<void> {
    await navigator.clipboard.writeText(secret);
  }

  private path(): string {
    return `/api/guilds/${this.guildId()}/api-keys`;
  }
}
