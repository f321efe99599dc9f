import { Injectable, type OnModuleInit } from '@nestjs/common';
import { z } from 'zod';
import { queue } from '../../../platform/jobs/queue.js';
import { KeyValueStore } from '../../../platform/key-value/key-value-store.js';
import { DomainError } from '../../../platform/problems/domain-error.js';
import { sha256 } from '../secrets.js';
import { AccountMails } from './account-mails.js';
import { EmailCredentialsRepository } from './email-credentials.repository.js';
import { MailedRequests } from './mailed-requests.js';

const MAX_FAILURES = 10;
const LOCK_MINUTES = 15;
const LOCK_SECONDS = LOCK_MINUTES * 60;

const lockOutNotice = queue(
  'auth.lock-out',
  z.object({ email: z.string(), ipAddress: z.string() }),
  // It holds an address that may be nobody's.
  { isForgottenWhenDone: true },
);

/** Who tries which address. */
export interface Attempt {
  email: string;
  ipAddress: string;
}

/** An attempt with its place among those of the same pair. */
export interface CountedAttempt extends Attempt {
  number: number;
}

/**
 * Locks a pair of e-mail address and IP address after too many wrong passwords. The pair and not the account, so that nobody
 * locks somebody else out; whether the address has an account makes no difference to anything that can be seen.
 */
@Injectable()
export class LockOuts implements OnModuleInit {
  constructor(
    private readonly store: KeyValueStore,
    private readonly requests: MailedRequests,
    private readonly credentials: EmailCredentialsRepository,
    private readonly mails: AccountMails,
  ) {}

  onModuleInit(): void {
    this.requests.handle(lockOutNotice, async ({ email, ipAddress }, { transaction, audit }) => {
      const credential = await this.credentials.findByEmail(email);
      if (!credential) return;
      const { accountId, displayName } = credential;
      audit({
        action: 'account.locked',
        guildId: null,
        actor: { identity: null, ipAddress },
        target: { id: accountId, name: displayName, accountId },
        after: { lockedForMinutes: LOCK_MINUTES },
      });
      await this.mails.lockOut(transaction, credential, LOCK_MINUTES);
    });
  }

  /**
   * Counts an attempt before its password is looked at, so that no more than the allowed number of them run at once.
   * @throws DomainError `sign-in-locked`
   */
  async count(attempt: Attempt): Promise<CountedAttempt> {
    if ((await this.store.get(lockKey(attempt))) !== null) throw locked();
    const number = await this.store.increment(failuresKey(attempt), LOCK_SECONDS);
    if (number > MAX_FAILURES) throw locked();
    return { ...attempt, number };
  }

  /** The password was wrong: the last allowed time locks the pair. */
  async fail({ number, ...attempt }: CountedAttempt): Promise<void> {
    if (number < MAX_FAILURES) return;
    await this.store.set(lockKey(attempt), '1', LOCK_SECONDS);
    await this.requests.submit(lockOutNotice, attempt);
  }

  /** The password was right: what went wrong before is forgotten. */
  async succeed(attempt: Attempt): Promise<void> {
    await this.store.delete(failuresKey(attempt));
  }

  /** The owner has proven themselves in another way: a lock ends too. */
  async lift(attempt: Attempt): Promise<void> {
    await this.store.delete(lockKey(attempt));
    await this.succeed(attempt);
  }
}

function locked(): DomainError {
  return new DomainError('sign-in-locked', {
    detail: `Try again in ${LOCK_MINUTES} minutes, or choose a new password.`,
    retryAfterSeconds: LOCK_SECONDS,
    logLevel: 'info',
  });
}

function failuresKey(attempt: Attempt): string {
  return `auth:failures:${pairOf(attempt)}`;
}

function lockKey(attempt: Attempt): string {
  return `auth:locked:${pairOf(attempt)}`;
}

/** The store may be shared and looked into; it need not know who signs in. */
function pairOf({ email, ipAddress }: Attempt): string {
  return sha256(`${email.toLowerCase()}\n${ipAddress}`).toString('hex');
}
