import { Injectable, signal } from '@angular/core';
import type { Tokens } from '@guildhall/contracts';
import { sendRequest } from '../api/send-request';
import { TokenKeeper } from './token-keeper';

const REFRESH_LOCK = 'guildhall.refresh';

/** The token keeper wired to this browser. */
@Injectable({ providedIn: 'root' })
export class AccessTokens {
  private readonly endings = signal(0);
  /** Counts how often the API ended a session of this tab. */
  readonly ended = this.endings.asReadonly();

  readonly keeper = new TokenKeeper({
    requestTokens: () => sendRequest<Tokens>({ method: 'POST', path: '/api/auth/refresh', body: {} }),
    exclusively: underWebLock,
    schedule: (work, delayMs) => {
      const timer = setTimeout(work, delayMs);
      return () => clearTimeout(timer);
    },
    now: () => Date.now(),
    onEnded: () => this.endings.update((count) => count + 1),
  });
}

/** Browsers offer locks to secure contexts only; over plain HTTP on a local network the API's grace period has to do. */
async function underWebLock<T>(work: () => Promise<T>): Promise<T> {
  if (!('locks' in navigator)) return work();
  return (await navigator.locks.request(REFRESH_LOCK, work)) as T;
}
