import { Component, computed, inject, input, resource, signal } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import type { Capability, CapabilitySet, GuildPerson, Invitation, Page, RoleAccess } from '@guildhall/contracts';
import { ApiClient } from '../../api/api-client';
import { failureOf } from '../../api/failure-of';
import { reloadOnChange } from '../../realtime/reload-on-change';
import { GuildList } from '../../shell/guild-list';
import { capabilityKey } from '../../ui/capability-key';
import { CapabilityPicker } from '../../ui/form/capability-picker';
import { FormProblem } from '../../ui/form/form-problem';
import { Submission } from '../../ui/form/submission';
import { TextField } from '../../ui/form/text-field';
import { ProblemView } from '../../ui/problem-view';
import { RelativeTime } from '../../ui/relative-time';
import { Skeleton } from '../../ui/skeleton';

// Not read from the contract's own list, which would bring its validation library into the browser.
const sets: readonly CapabilitySet[] = ['manager', 'moderator', 'member'];

/** Who may do what in a guild: by Discord role, and by invitation. */
@Component({
  selector: 'gh-access-page',
  imports: [CapabilityPicker, FormProblem, ProblemView, RelativeTime, Skeleton, TextField, TranslocoDirective],
  templateUrl: './access-page.html',
})
export class AccessPage {
  readonly guildId = input.required<string>();
  private readonly api = inject(ApiClient);
  private readonly guildList = inject(GuildList);
  protected readonly changing = new Submission();
  protected readonly inviting = new Submission();
  protected readonly email = signal('');
  protected readonly chosen = signal<readonly Capability[]>([]);
  protected readonly sets = sets;
  protected readonly keyOf = capabilityKey;
  protected readonly mine = computed(
    () => this.guildList.guilds()?.find(({ id }) => id === this.guildId())?.capabilities ?? [],
  );
  protected readonly facts = resource({
    params: () => this.guildId(),
    loader: ({ abortSignal }) => this.read(abortSignal),
  });
  protected readonly failure = failureOf(this.facts);

  constructor() {
    reloadOnChange(this.guildId, ['access'], () => this.facts.reload());
  }

  protected async setOf(role: RoleAccess, event: Event): Promise<void> {
    // Safe: the listener is on a select whose options are the sets and nothing.
    const set = ((event.target as HTMLSelectElement).value || null) as CapabilitySet | null;
    const body = { set, granted: role.granted, removed: role.removed };
    await this.change(() => this.api.put(`${this.path()}/roles/${role.roleId}`, body, role.version));
  }

  protected async remove(person: GuildPerson): Promise<void> {
    await this.change(() => this.api.delete(`${this.path()}/people/${person.accountId}`));
  }

  protected async revoke(invitation: Invitation): Promise<void> {
    await this.change(() => this.api.delete(`${this.path()}/invitations/${invitation.id}`));
  }

  protected async invite(event: Event): Promise<void> {
    event.preventDefault();
    const body = { email: this.email().trim(), capabilities: this.chosen() };
    if (!(await this.inviting.run(() => this.api.post(`${this.path()}/invitations`, body)))) return;
    this.email.set('');
    this.chosen.set([]);
    this.facts.reload();
  }

  private async change(work: () => Promise<void>): Promise<void> {
    await this.changing.run(work);
    this.facts.reload();
  }

  private async read(signal: AbortSignal) {
    const [roles, people, invitations] = await Promise.all([
      this.api.get<{ items: RoleAccess[] }>(`${this.path()}/roles`, {}, signal),
      this.api.get<Page<GuildPerson>>(`${this.path()}/people`, { limit: 100 }, signal),
      this.api.get<Page<Invitation>>(`${this.path()}/invitations`, { limit: 100, state: 'open' }, signal),
    ]);
    return { roles: roles.items, people: people.items, invitations: invitations.items };
  }

  private path(): string {
    return `/api/guilds/${this.guildId()}/access`;
  }
}
