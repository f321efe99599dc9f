import { Component, inject, resource } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { TranslocoDirective } from '@jsverse/transloco';
import { ApiClient } from '../../api/api-client';
import { failureOf } from '../../api/failure-of';
import { rememberReturnPath } from '../../session/return-path';
import { Session } from '../../session/session';
import { capabilityKey } from '../../ui/capability-key';
import { FormProblem } from '../../ui/form/form-problem';
import { Submission } from '../../ui/form/submission';
import { AuthCard } from './auth-card';
import { EmailSignIn } from './email-sign-in';
import { linkSecret } from './link-secret';

/** Where an invitation leads: into a guild, for whoever holds the mailed link. */
@Component({
  selector: 'gh-invitation-page',
  imports: [AuthCard, FormProblem, RouterLink, TranslocoDirective],
  template: `
    <ng-container *transloco="let t">
      @if (failure(); as failure) {
        <gh-auth-card [heading]="t('titles.invitation')"><gh-form-problem [error]="failure" /></gh-auth-card>
      } @else if (preview.hasValue()) {
        <gh-auth-card
          [heading]="t('auth.invitation.heading', { guild: preview.value().guildName })"
          [lead]="t('auth.invitation.lead', { email: preview.value().email })"
        >
          <p>{{ t('auth.invitation.may') }}</p>
          <ul>
            @for (capability of preview.value().capabilities; track capability) {
              <li>{{ t(keyOf(capability)) }}</li>
            }
          </ul>
          <gh-form-problem [error]="submission.failure()" />
          @if (session.account(); as account) {
            <p>{{ t('auth.invitation.asAccount', { name: account.displayName }) }}</p>
            <button type="button" class="button primary" [disabled]="submission.isRunning()" (click)="accept()">
              {{ t('auth.invitation.accept') }}
            </button>
          } @else {
            <a class="button primary" routerLink="/auth/register" [fragment]="'token=' + token">
              {{ t('auth.invitation.create') }}
            </a>
            <button type="button" class="button" (click)="signIn()">{{ t('auth.invitation.signIn') }}</button>
          }
        </gh-auth-card>
      }
    </ng-container>
  `,
  styleUrl: './auth-form.css',
})
export class InvitationPage {
  protected readonly token = linkSecret();
  private readonly api = inject(ApiClient);
  private readonly emailSignIn = inject(EmailSignIn);
  private readonly router = inject(Router);
  protected readonly session = inject(Session);
  protected readonly submission = new Submission();
  protected readonly keyOf = capabilityKey;
  protected readonly preview = resource({
    params: () => this.token,
    loader: ({ params }) => this.emailSignIn.readInvitation(params),
  });
  protected readonly failure = failureOf(this.preview);

  constructor() {
    void this.session.restore();
  }

  protected async accept(): Promise<void> {
    const isDone = await this.submission.run(() => this.api.post('/api/invitations/accept', { token: this.token }));
    if (isDone) await this.router.navigateByUrl(`/guilds/${this.preview.value()?.guildId ?? ''}`);
  }

  protected signIn(): void {
    rememberReturnPath(this.router.url);
    void this.router.navigateByUrl('/auth/sign-in');
  }
}
