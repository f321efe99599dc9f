import { Component, effect, inject, input, signal, untracked } from '@angular/core';
import { Router } from '@angular/router';
import { TranslocoDirective } from '@jsverse/transloco';
import { ProblemError, asProblemError, failureCode } from '../../api/problem-error';
import { takeReturnPath } from '../../session/return-path';
import { Session } from '../../session/session';
import { ProblemView } from '../../ui/problem-view';
import { Skeleton } from '../../ui/skeleton';

const SESSION_ID = /^[0-9a-f]{64}$/;

/** Where Discord's sign-in ends: trades the one-time id for a session, or says why there is none. */
@Component({
  selector: 'gh-callback-page',
  imports: [ProblemView, Skeleton, TranslocoDirective],
  template: `
    <main *transloco="let t; prefix: 'callback'">
      @if (failure(); as failure) {
        <gh-problem [error]="failure" [isWholePage]="true" [isRetryOffered]="canRetry()" (retry)="exchange()">
          <a class="button primary" href="/api/auth/discord/login">{{ t('again') }}</a>
          <a class="button" href="/">{{ t('home') }}</a>
        </gh-problem>
      } @else {
        <p role="status">{{ t('signingIn') }}</p>
        <gh-skeleton [rows]="2" />
      }
    </main>
  `,
  styles: `
    main {
      display: grid;
      align-content: center;
      inline-size: min(480px, 100% - 32px);
      min-block-size: 100dvh;
      margin-inline: auto;
    }
    p {
      color: var(--color-muted);
      text-align: center;
    }
  `,
})
export class CallbackPage {
  /** From the address: the one-time id, or the code of the problem. */
  readonly session = input<string>();
  readonly error = input<string>();
  private readonly router = inject(Router);
  private readonly account = inject(Session);
  protected readonly failure = signal<ProblemError | null>(null);
  /** Without an answer the id may still be good; after a refusal only a new sign-in helps. */
  protected readonly canRetry = signal(false);

  constructor() {
    effect(() => {
      const error = this.error();
      this.session();
      untracked(() =>
        error === undefined ? void this.exchange() : this.failure.set(new ProblemError(failureCode(error))),
      );
    });
  }

  protected async exchange(): Promise<void> {
    const sessionId = this.session() ?? '';
    if (!SESSION_ID.test(sessionId)) {
      this.failure.set(new ProblemError('session-code-invalid'));
      return;
    }
    this.failure.set(null);
    try {
      await this.account.exchange(sessionId);
      await this.router.navigateByUrl(takeReturnPath(), { replaceUrl: true });
    } catch (thrown) {
      const failure = asProblemError(thrown);
      this.canRetry.set(failure.code === 'offline' || failure.code === 'unavailable');
      this.failure.set(failure);
    }
  }
}
