import { Component, computed, inject, linkedSignal, resource, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslocoDirective } from '@jsverse/transloco';
import { FormProblem } from '../../ui/form/form-problem';
import { Submission } from '../../ui/form/submission';
import { TextField } from '../../ui/form/text-field';
import { AuthCard } from './auth-card';
import { EmailSignIn } from './email-sign-in';
import { isEmail, MIN_PASSWORD_LENGTH } from './credentials';
import { linkSecret } from './link-secret';

/** A new e-mail account, by oneself where that is allowed, or by invitation. */
@Component({
  selector: 'gh-register-page',
  imports: [AuthCard, FormProblem, RouterLink, TextField, TranslocoDirective],
  template: `
    <ng-container *transloco="let t">
      @if (isDone()) {
        <gh-auth-card [heading]="t('auth.register.done')" [lead]="t('auth.register.doneText', { email: email() })">
          <a class="button" routerLink="/auth/sign-in">{{ t('auth.register.signIn') }}</a>
        </gh-auth-card>
      } @else {
        <gh-auth-card
          [heading]="t('auth.register.heading')"
          [lead]="invitation ? t('auth.register.invited') : undefined"
        >
          <form novalidate (submit)="submit($event)">
            <gh-text-field autocomplete="name" [label]="t('forms.name')" [maxLength]="80" [(value)]="displayName" />
            <gh-text-field
              type="email"
              autocomplete="email"
              [label]="t('forms.email')"
              [isReadOnly]="preview.hasValue()"
              [error]="wasTried() && !isEmailGood() ? t('forms.emailInvalid') : null"
              [(value)]="email"
            />
            <gh-text-field
              type="password"
              autocomplete="new-password"
              [label]="t('forms.password')"
              [hint]="t('forms.passwordHint')"
              [maxLength]="128"
              [error]="wasTried() && !isPasswordGood() ? t('forms.passwordShort') : null"
              [(value)]="password"
            />
            <gh-form-problem [error]="submission.failure()" />
            <button class="button primary" [disabled]="submission.isRunning()">
              {{ submission.isRunning() ? t('forms.sending') : t('auth.register.submit') }}
            </button>
          </form>
          <p below>
            {{ t('auth.register.haveAccount') }}
            <a class="link" routerLink="/auth/sign-in">{{ t('auth.register.signIn') }}</a>
          </p>
        </gh-auth-card>
      }
    </ng-container>
  `,
  styleUrl: './auth-form.css',
})
export class RegisterPage {
  /** The secret of an invitation, where there is one. */
  protected readonly invitation = linkSecret();
  private readonly emailSignIn = inject(EmailSignIn);
  protected readonly submission = new Submission();
  protected readonly preview = resource({
    params: () => this.invitation || undefined,
    loader: ({ params }) => this.emailSignIn.readInvitation(params),
  });
  protected readonly email = linkedSignal(() => (this.preview.hasValue() ? this.preview.value().email : ''));
  protected readonly displayName = signal('');
  protected readonly password = signal('');
  protected readonly wasTried = signal(false);
  protected readonly isDone = signal(false);
  protected readonly isEmailGood = computed(() => isEmail(this.email().trim()));
  protected readonly isPasswordGood = computed(() => this.password().length >= MIN_PASSWORD_LENGTH);

  protected async submit(event: Event): Promise<void> {
    event.preventDefault();
    this.wasTried.set(true);
    if (!this.isEmailGood() || !this.isPasswordGood()) return;
    const email = this.email().trim();
    const { invitation } = this;
    const displayName = this.displayName().trim() || (email.split('@')[0] ?? email);
    const account = { email, password: this.password(), displayName, ...(invitation && { invitation }) };
    if (await this.submission.run(() => this.emailSignIn.register(account))) this.isDone.set(true);
  }
}
