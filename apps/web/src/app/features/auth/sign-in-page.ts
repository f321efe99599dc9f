import { Component, computed, inject, signal } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { TranslocoDirective } from '@jsverse/transloco';
import { takeReturnPath } from '../../session/return-path';
import { FormProblem } from '../../ui/form/form-problem';
import { Submission } from '../../ui/form/submission';
import { TextField } from '../../ui/form/text-field';
import { AuthCard } from './auth-card';
import { EmailSignIn } from './email-sign-in';

/** Sign-in by e-mail and password. */
@Component({
  selector: 'gh-sign-in-page',
  imports: [AuthCard, FormProblem, RouterLink, TextField, TranslocoDirective],
  template: `
    <gh-auth-card [heading]="t('auth.signIn.heading')" *transloco="let t">
      <a class="button" href="/api/auth/discord/login">{{ t('auth.discord') }}</a>
      <span class="or">{{ t('auth.or') }}</span>
      <form novalidate (submit)="submit($event)">
        <gh-text-field type="email" autocomplete="email" [label]="t('forms.email')" [(value)]="email" />
        <gh-text-field
          type="password"
          autocomplete="current-password"
          [label]="t('forms.password')"
          [maxLength]="128"
          [(value)]="password"
        />
        <gh-form-problem [error]="submission.failure()" />
        <button class="button primary" [disabled]="submission.isRunning() || !isComplete()">
          {{ submission.isRunning() ? t('forms.sending') : t('auth.signIn.submit') }}
        </button>
      </form>
      <a class="link" routerLink="/auth/forgot-password">{{ t('auth.signIn.forgot') }}</a>
      <p below>
        {{ t('auth.signIn.noAccount') }} <a class="link" routerLink="/auth/register">{{ t('auth.signIn.register') }}</a>
      </p>
    </gh-auth-card>
  `,
  styleUrl: './auth-form.css',
})
export class SignInPage {
  private readonly emailSignIn = inject(EmailSignIn);
  private readonly router = inject(Router);
  protected readonly submission = new Submission();
  protected readonly email = signal('');
  protected readonly password = signal('');
  protected readonly isComplete = computed(() => this.email().trim() !== '' && this.password() !== '');

  protected async submit(event: Event): Promise<void> {
    event.preventDefault();
    const isDone = await this.submission.run(() => this.emailSignIn.signIn(this.email().trim(), this.password()));
    if (isDone) await this.router.navigateByUrl(takeReturnPath(), { replaceUrl: true });
  }
}
