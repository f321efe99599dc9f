import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DomainError } from '../../../platform/problems/domain-error.js';
import { commonPasswords } from './common-passwords.js';
import { generatePassword, hashPassword, isPasswordOf } from './password-hash.js';
import { type PasswordCircumstances, weaknessOf } from './password-strength.rules.js';

/** Each takes a core for some hundredths of a second and 19 MiB; others have to get their turn in between. */
const MAX_AT_ONCE = 2;
/** Whoever comes later would wait for seconds, and is told to come again instead. */
const MAX_WAITING = 64;
const RETRY_AFTER_SECONDS = 2;

/** Hashes and checks passwords, a few at a time, so that a flood of sign-ins leaves the process able to answer. */
@Injectable()
export class Passwords implements OnModuleInit {
  private readonly waiting: (() => void)[] = [];
  private running = 0;
  /** Stands in where there is no account, so that checking takes as long. */
  private decoy = '';

  async onModuleInit(): Promise<void> {
    this.decoy = await hashPassword(generatePassword());
  }

  /**
   * Hashes a password that somebody chose.
   * @throws DomainError `password-too-weak`, `unavailable` when too many wait
   */
  async hash(password: string, circumstances: PasswordCircumstances): Promise<string> {
    const weakness = weaknessOf(password, circumstances, await commonPasswords());
    if (weakness !== null) {
      throw new DomainError('password-too-weak', { detail: `${weakness} Choose a longer or less common one.` });
    }
    return this.inTurn(() => hashPassword(password));
  }

  /** A password that nobody guesses, for an account that somebody else creates. @throws DomainError `unavailable` */
  async generate(): Promise<{ password: string; passwordHash: string }> {
    const password = generatePassword();
    return { password, passwordHash: await this.inTurn(() => hashPassword(password)) };
  }

  /**
   * Whether a password is the one of a hash; one verification either way, also where there is no hash.
   * @throws DomainError `unavailable` when too many wait
   */
  async matches(passwordHash: string | null, password: string): Promise<boolean> {
    const isRight = await this.inTurn(() => isPasswordOf(passwordHash ?? this.decoy, password));
    return isRight && passwordHash !== null;
  }

  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.running < MAX_AT_ONCE) this.running += 1;
    else await this.turn();
    try {
      return await work();
    } finally {
      // The place goes to the next in line without being free in between.
      const next = this.waiting.shift();
      if (next) next();
      else this.running -= 1;
    }
  }

  private turn(): Promise<void> {
    if (this.waiting.length >= MAX_WAITING) {
      throw new DomainError('unavailable', {
        detail: 'Too many people sign in at this moment. Try again in a few seconds.',
        retryAfterSeconds: RETRY_AFTER_SECONDS,
        logLevel: 'warn',
      });
    }
    return new Promise((resolve) => this.waiting.push(resolve));
  }
}
