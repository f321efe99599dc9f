import { Component, computed, inject, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslocoDirective } from '@jsverse/transloco';
import { FormProblem } from '../../ui/form/form-problem';
import { Submission } from '../../ui/form/submission';
import { TextField } from '../../ui/form/text-field';
import { AuthCard } from './auth-card';
import { isEmail } from './credentials';
import { EmailSignIn } from './email-sign-in';

/** Asks for a link to choose a new password. */
@Component({
  selector: 'gh-forgot-password-page',
  imports: [AuthCard, FormProblem, RouterLink, TextField, TranslocoDirective],
  template: `
    <ng-container *transloco="let t">
      @if (isDone()) {
        <gh-auth-card [heading]="t('auth.forgot.done')" [lead]="t('auth.forgot.doneText', { email: email() })">
          <a class="button" routerLink="/auth/sign-in">{{ t('auth.register.signIn') }}</a>
        </gh-auth-card>
      } @else {
        <gh-auth-card [heading]="t('auth.forgot.heading')" [lead]="t('auth.forgot.lead')">
          <form novalidate (submit)="submit($event)">
            <gh-text-field type="email" autocomplete="email" [label]="t('forms.email')" [(value)]="email" />
            <gh-form-problem [error]="submission.failure()" />
            <button class="button primary" [disabled]="submission.isRunning() || !isGood()">
              {{ submission.isRunning() ? t('forms.sending') : t('auth.forgot.submit') }}
            </button>
          </form>
        </gh-auth-card>
      }
    </ng-container>
  `,
  styleUrl: './auth-form.css',
})
export class ForgotPasswordPage {
  private readonly emailSignIn = inject(EmailSignIn);
  protected readonly submission = new Submission();
  protected readonly email = signal('');
  protected readonly isGood = computed(() => isEmail(this.email().trim()));
  protected readonly isDone = signal(false);

  protected async submit(event: Event): Promise<void> {
    event.preventDefault();
    const email = this.email().trim();
    if (await this.submission.run(() => this.emailSignIn.forgotPassword(email))) this.isDone.set(true);
  }
}
