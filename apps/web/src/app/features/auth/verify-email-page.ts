import { Component, inject, type OnInit, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslocoDirective } from '@jsverse/transloco';
import { FormProblem } from '../../ui/form/form-problem';
import { Submission } from '../../ui/form/submission';
import { AuthCard } from './auth-card';
import { EmailSignIn } from './email-sign-in';
import { linkSecret } from './link-secret';

/** Where the link of a mail leads: the address is proven by the secret in it. */
@Component({
  selector: 'gh-verify-email-page',
  imports: [AuthCard, FormProblem, RouterLink, TranslocoDirective],
  template: `
    <ng-container *transloco="let t">
      @if (isDone()) {
        <gh-auth-card [heading]="t('auth.verify.done')" [lead]="t('auth.verify.doneText')">
          <a class="button primary" routerLink="/auth/sign-in">{{ t('auth.verify.signIn') }}</a>
        </gh-auth-card>
      } @else {
        <gh-auth-card [heading]="t('titles.verifyEmail')">
          @if (submission.failure()) {
            <gh-form-problem [error]="submission.failure()" />
            <a class="button" routerLink="/auth/sign-in">{{ t('auth.verify.signIn') }}</a>
          } @else {
            <p role="status">{{ t('auth.verify.working') }}</p>
          }
        </gh-auth-card>
      }
    </ng-container>
  `,
  styleUrl: './auth-form.css',
})
export class VerifyEmailPage implements OnInit {
  private readonly token = linkSecret();
  private readonly emailSignIn = inject(EmailSignIn);
  protected readonly submission = new Submission();
  protected readonly isDone = signal(false);

  async ngOnInit(): Promise<void> {
    this.isDone.set(await this.submission.run(() => this.emailSignIn.verify(this.token)));
  }
}
