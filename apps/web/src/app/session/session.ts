import { Injectable, computed, effect, inject, signal, untracked } from '@angular/core';
import type { Account, Tokens, UpdateAccount } from '@guildhall/contracts';
import { ApiClient } from '../api/api-client';
import { asProblemError, type ProblemError } from '../api/problem-error';
import { sendRequest } from '../api/send-request';
import { AccessTokens } from './access-tokens';

/** Says that this browser had a session, so that visitors who never signed in cause no request that must fail. */
const HINT_KEY = 'guildhall.session';

type SessionState =
  | { kind: 'unknown' }
  | { kind: 'signed-out' }
  | { kind: 'signed-in'; account: Account }
  /** There may be a session, but the API did not answer. */
  | { kind: 'unreachable'; error: ProblemError };

/** Who is signed in, in every tab of this browser. */
@Injectable({ providedIn: 'root' })
export class Session {
  private readonly api = inject(ApiClient);
  private readonly tokens = inject(AccessTokens);
  private readonly tabs = new BroadcastChannel('guildhall.session');
  private readonly current = signal<SessionState>({ kind: 'unknown' });
  private restoring: Promise<void> | null = null;

  readonly state = this.current.asReadonly();
  readonly account = computed(() => {
    const state = this.current();
    return state.kind === 'signed-in' ? state.account : null;
  });

  /** Changes with the person, not with what they change about themselves. */
  readonly accountId = computed(() => this.account()?.id ?? null);

  constructor() {
    this.tabs.onmessage = () => this.end();
    effect(() => {
      if (this.tokens.ended() > 0) untracked(() => this.end());
    });
  }

  /** Takes up the session of an earlier visit; the outcome is in `state`. */
  restore(): Promise<void> {
    const { kind } = this.current();
    if (kind === 'signed-in' || kind === 'signed-out') return Promise.resolve();
    this.restoring ??= this.readAccount().finally(() => (this.restoring = null));
    return this.restoring;
  }

  /**
   * Trades the one-time id from the callback's address for a session.
   * @throws ProblemError `session-code-invalid` when it was used or has expired
   */
  async exchange(sessionId: string): Promise<void> {
    const body = { sessionId };
    await this.begin(await sendRequest<Tokens>({ method: 'POST', path: '/api/auth/exchange-session', body }));
  }

  /** Takes up a session that has just begun. */
  async begin(tokens: Tokens): Promise<void> {
    this.tokens.keeper.accept(tokens);
    localStorage.setItem(HINT_KEY, '1');
    await this.readAccount();
  }

  /** Signs out here and in the other tabs, even when the API cannot be reached. */
  async signOut(): Promise<void> {
    try {
      await this.api.post('/api/auth/logout');
    } catch (error) {
      // Nobody is kept in by a server that does not answer: without the hint, the cookie left behind is not used again.
      if (asProblemError(error).code === 'internal-error') throw error;
    } finally {
      this.end();
      this.tabs.postMessage('signed-out');
    }
  }

  /** Reads the account again, after something else changed it. */
  async reload(): Promise<void> {
    await this.readAccount();
  }

  /** Changes the account and returns once it is stored. */
  async update(change: UpdateAccount): Promise<void> {
    this.current.set({ kind: 'signed-in', account: await this.api.patch<Account>('/api/auth/me', change) });
  }

  private async readAccount(): Promise<void> {
    if (localStorage.getItem(HINT_KEY) === null) return this.end();
    try {
      this.current.set({ kind: 'signed-in', account: await this.api.get<Account>('/api/auth/me') });
    } catch (error) {
      const failure = asProblemError(error);
      if (failure.code === 'refresh-token-invalid' || failure.code === 'unauthenticated') this.end();
      else this.current.set({ kind: 'unreachable', error: failure });
    }
  }

  /** Forgets the session, which is over already. */
  end(): void {
    this.tokens.keeper.forget();
    localStorage.removeItem(HINT_KEY);
    this.current.set({ kind: 'signed-out' });
  }
}
