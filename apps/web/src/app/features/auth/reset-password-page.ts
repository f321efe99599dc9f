import { Component, computed, inject, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslocoDirective } from '@jsverse/transloco';
import { FormProblem } from '../../ui/form/form-problem';
import { Submission } from '../../ui/form/submission';
import { TextField } from '../../ui/form/text-field';
import { AuthCard } from './auth-card';
import { MIN_PASSWORD_LENGTH } from './credentials';
import { EmailSignIn } from './email-sign-in';
import { linkSecret } from './link-secret';

/** Where the link of a mail leads: a new password, by the secret in the address. */
@Component({
  selector: 'gh-reset-password-page',
  imports: [AuthCard, FormProblem, RouterLink, TextField, TranslocoDirective],
  template: `
    <ng-container *transloco="let t">
      @if (isDone()) {
        <gh-auth-card [heading]="t('auth.reset.done')">
          <a class="button primary" routerLink="/auth/sign-in">{{ t('auth.reset.signIn') }}</a>
        </gh-auth-card>
      } @else {
        <gh-auth-card [heading]="t('auth.reset.heading')" [lead]="t('auth.reset.lead')">
          <form novalidate (submit)="submit($event)">
            <gh-text-field
              type="password"
              autocomplete="new-password"
              [label]="t('forms.newPassword')"
              [hint]="t('forms.passwordHint')"
              [maxLength]="128"
              [(value)]="password"
            />
            <gh-form-problem [error]="submission.failure()" />
            <button class="button primary" [disabled]="submission.isRunning() || !isGood()">
              {{ submission.isRunning() ? t('forms.sending') : t('auth.reset.submit') }}
            </button>
          </form>
          @if (submission.failure()?.code === 'link-invalid') {
            <a class="link" routerLink="/auth/forgot-password">{{ t('auth.reset.again') }}</a>
          }
        </gh-auth-card>
      }
    </ng-container>
  `,
  styleUrl: './auth-form.css',
})
export class ResetPasswordPage {
  private readonly token = linkSecret();
  private readonly emailSignIn = inject(EmailSignIn);
  protected readonly submission = new Submission();
  protected readonly password = signal('');
  protected readonly isGood = computed(() => this.password().length >= MIN_PASSWORD_LENGTH);
  protected readonly isDone = signal(false);

  protected async submit(event: Event): Promise<void> {
    event.preventDefault();
    const isDone = await this.submission.run(() => this.emailSignIn.resetPassword(this.token, this.password()));
    this.isDone.set(isDone);
  }
}
