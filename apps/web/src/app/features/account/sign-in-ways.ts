import { Component, computed, inject, resource, signal } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import type { DiscordLink, SignInWays as Ways } from '@guildhall/contracts';
import { ApiClient } from '../../api/api-client';
import { Session } from '../../session/session';
import { FormProblem } from '../../ui/form/form-problem';
import { Submission } from '../../ui/form/submission';
import { TextField } from '../../ui/form/text-field';

/** How I sign in: with Discord, by e-mail and password, or both. */
@Component({
  selector: 'gh-sign-in-ways',
  imports: [FormProblem, TextField, TranslocoDirective],
  templateUrl: './sign-in-ways.html',
})
export class SignInWays {
  private readonly api = inject(ApiClient);
  private readonly session = inject(Session);
  protected readonly linking = new Submission();
  protected readonly changing = new Submission();
  protected readonly email = signal('');
  protected readonly current = signal('');
  protected readonly next = signal('');
  protected readonly isChanged = signal(false);
  protected readonly ways = resource({
    loader: ({ abortSignal }) => this.api.get<Ways>('/api/auth/sign-in-ways', {}, abortSignal),
  });
  protected readonly hasPassword = computed(() => this.ways.value()?.email?.hasPassword ?? false);

  protected async link(): Promise<void> {
    await this.linking.run(async () => {
      const { url } = await this.api.post<DiscordLink>('/api/auth/discord/link', this.proof());
      location.assign(url);
    });
  }

  protected async unlink(): Promise<void> {
    await this.linking.run(async () => {
      await this.api.post('/api/auth/discord/unlink', this.proof());
      await this.session.reload();
    });
    this.ways.reload();
  }

  protected async changePassword(event: Event): Promise<void> {
    event.preventDefault();
    const body = { currentPassword: this.current(), newPassword: this.next() };
    await this.change('change-password', body);
  }

  protected async addEmail(event: Event): Promise<void> {
    event.preventDefault();
    await this.change('email', { email: this.email().trim(), password: this.next() });
  }

  private async change(action: string, body: object): Promise<void> {
    this.isChanged.set(await this.changing.run(() => this.api.post(`/api/auth/${action}`, body)));
    if (!this.isChanged()) return;
    this.current.set('');
    this.next.set('');
    this.ways.reload();
  }

  /** Who knows the password need not have signed in a moment ago. */
  private proof(): { currentPassword?: string } {
    return this.current() === '' ? {} : { currentPassword: this.current() };
  }
}
