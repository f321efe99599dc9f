import { AsyncLocalStorage } from 'node:async_hooks';
import type { Transaction } from '@guildhall/database';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { Clock } from '../clock.js';
import { TokenCipher } from '../crypto/token-cipher.js';
import { LOGGER } from '../logging/logging.module.js';
import { DomainError } from '../problems/domain-error.js';
import { type Claim, IdempotencyKeysRepository, type KnownKey } from './idempotency-keys.repository.js';
import { isKept } from './idempotency.rules.js';

const KEPT_MS = 24 * 3_600_000;
/** No request takes this long; whoever holds a key longer has died, or will find that somebody else goes on. */
const LOCK_MS = 60_000;
const RETRY_AFTER_SECONDS = 1;

/** A request as far as its repetition matters. */
export interface KeyedRequest {
  caller: string;
  key: string;
  fingerprint: Buffer;
}

/** An answer that can be given again. */
export interface Answer {
  status: number;
  body: unknown;
  headers: Record<string, string>;
}

/**
 * Makes a request with an idempotency key happen once, in however many processes it arrives. A change made under a key is
 * noted with the key in its own transaction: whatever dies when, nothing is made twice.
 */
@Injectable()
export class Idempotency {
  private readonly current = new AsyncLocalStorage<Claim>();

  constructor(
    private readonly keys: IdempotencyKeysRepository,
    private readonly cipher: TokenCipher,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * Carries a request out, unless it was before.
   * @returns the kept answer of the first time, or null after `carryOut` gave this one
   * @throws DomainError `idempotency-key-reused`, `request-in-flight`; `conflict` when it made a change and the answer is
   * lost; and whatever `carryOut` throws
   */
  async once(request: KeyedRequest, carryOut: () => Promise<Answer | null>): Promise<Answer | null> {
    const now = this.clock.now();
    const [lockedUntil, expiresAt] = [LOCK_MS, KEPT_MS].map((ms) => new Date(now.getTime() + ms)) as [Date, Date];
    const claim: Claim = { ...request, now, lockedUntil, expiresAt };
    if (!(await this.keys.claim(claim))) return this.repeat(claim);
    await this.settle(claim, await this.current.run(claim, () => this.attempt(claim, carryOut)));
    return null;
  }

  /**
   * Called in the transaction of each change, so that it and the note about its key are committed together.
   * @throws DomainError `request-in-flight` when the request took so long that somebody else carries it out by now
   */
  async noteChange(transaction: Transaction): Promise<void> {
    const claim = this.current.getStore();
    if (claim && !(await this.keys.noteChange(transaction, claim))) throw inFlight();
  }

  private async attempt(claim: Claim, carryOut: () => Promise<Answer | null>): Promise<Answer | null> {
    try {
      return await carryOut();
    } catch (error) {
      await this.settle(claim, null);
      throw error;
    }
  }

  /** Without an answer worth keeping the key is free again. */
  private async settle(claim: Claim, answer: Answer | null): Promise<void> {
    try {
      if (!answer || !isKept(answer.status)) return await this.keys.release(claim, this.clock.now());
      const body = this.cipher.encrypt(JSON.stringify([answer.body]), ownerOf(claim));
      await this.keys.keep(claim, { status: answer.status, headers: answer.headers, body });
    } catch (error) {
      // What was asked for has happened; the note about it that was committed with it keeps it from happening again.
      this.logger.warn({ err: error }, 'the answer to an idempotency key could not be kept');
    }
  }

  private async repeat(claim: Claim): Promise<Answer> {
    const known = await this.keys.find(claim);
    // Given back between the two looks.
    if (!known) throw inFlight();
    if (!known.fingerprint.equals(claim.fingerprint)) {
      throw new DomainError('idempotency-key-reused', {
        detail: 'This key was sent with another request in the last 24 hours. Make a new key for each request.',
      });
    }
    return this.answerOf(known, claim);
  }

  private answerOf({ state, answer, lockedUntil }: KnownKey, claim: Claim): Answer {
    if (answer) {
      const [body] = JSON.parse(this.cipher.decrypt(answer.body, ownerOf(claim))) as [unknown];
      return { ...answer, body };
    }
    if (state === 'under way' || lockedUntil > claim.now) throw inFlight();
    throw new DomainError('conflict', {
      detail: 'A change was made, but its answer was lost. See what is there now before you send it with another key.',
    });
  }
}

function ownerOf({ caller, key }: KeyedRequest): string {
  return `idempotency:${caller} ${key}`;
}

function inFlight(): DomainError {
  return new DomainError('request-in-flight', {
    detail: 'The first request with this key has not been answered yet. Try again in a moment.',
    retryAfterSeconds: RETRY_AFTER_SECONDS,
  });
}
