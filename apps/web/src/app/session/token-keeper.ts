import type { Tokens } from '@guildhall/contracts';
import { ProblemError } from '../api/problem-error';

/** How long before its expiry an access token is replaced, in milliseconds. */
const RENEWAL_MARGIN_MS = 60_000;

/** How long to wait after a renewal that failed for a passing reason, in milliseconds. */
const RETRY_DELAY_MS = 15_000;

export interface TokenKeeperPorts {
  /** Asks the API for new tokens; the cookie says whose. */
  requestTokens(): Promise<Tokens>;
  /** Runs `work` while no other tab of this origin does. */
  exclusively<T>(work: () => Promise<T>): Promise<T>;
  /** Runs `work` later; the returned function calls it off. */
  schedule(work: () => void, delayMs: number): () => void;
  now(): number;
  /** The API ended the session: the person must sign in again. */
  onEnded(): void;
}

/**
 * Holds the access token, in memory only, and replaces it before it expires. Refresh tokens rotate at every use, so
 * renewals never overlap: within a tab they share one promise, across tabs they queue for a lock.
 */
export class TokenKeeper {
  private token: { value: string; expiresAtMs: number } | null = null;
  private renewal: Promise<string> | null = null;
  private cancelSchedule: (() => void) | null = null;
  /** Counts sign-ins and sign-outs, so that an answer of an earlier session is not taken for this one's. */
  private session = 0;

  constructor(private readonly ports: TokenKeeperPorts) {}

  /** Takes the tokens of a sign-in. */
  accept(tokens: Tokens): void {
    this.session += 1;
    this.keep(tokens);
  }

  /** Drops the token at sign-out; a renewal under way no longer counts. */
  forget(): void {
    this.session += 1;
    this.token = null;
    this.cancelSchedule?.();
  }

  /**
   * A token that is valid now.
   * @throws ProblemError when there is no session or no answer
   */
  async current(): Promise<string> {
    if (this.token && this.token.expiresAtMs > this.ports.now()) return this.token.value;
    return this.renew(this.token?.value);
  }

  /**
   * A token other than `refused`, which the API did not accept.
   * @throws ProblemError when there is no session or no answer
   */
  async renew(refused?: string): Promise<string> {
    if (this.token && this.token.value !== refused && this.token.expiresAtMs > this.ports.now())
      return this.token.value;
    this.renewal ??= this.requestUnderLock().finally(() => (this.renewal = null));
    return this.renewal;
  }

  private async requestUnderLock(): Promise<string> {
    const session = this.session;
    try {
      const tokens = await this.ports.exclusively(() => this.ports.requestTokens());
      if (session !== this.session) throw new ProblemError('unauthenticated');
      this.keep(tokens);
      return tokens.accessToken;
    } catch (error) {
      if (session === this.session) this.onRenewalFailed(error);
      throw error;
    }
  }

  private keep(tokens: Tokens): void {
    const lifetimeMs = tokens.expiresIn * 1000;
    this.token = { value: tokens.accessToken, expiresAtMs: this.ports.now() + lifetimeMs };
    this.renewAfter(Math.max(lifetimeMs - RENEWAL_MARGIN_MS, lifetimeMs / 2));
  }

  private onRenewalFailed(error: unknown): void {
    if (error instanceof ProblemError && isEndOfSession(error)) {
      this.forget();
      this.ports.onEnded();
    } else if (this.token) {
      this.renewAfter(RETRY_DELAY_MS);
    }
  }

  private renewAfter(delayMs: number): void {
    this.cancelSchedule?.();
    this.cancelSchedule = this.ports.schedule(() => {
      // A failure was handled already: it is retried later or ended the session.
      this.renew(this.token?.value).catch(() => undefined);
    }, delayMs);
  }
}

function isEndOfSession(error: ProblemError): boolean {
  return error.code === 'refresh-token-invalid' || error.code === 'unauthenticated';
}
