import { Injectable } from '@nestjs/common';
import { type EmailCredential, EmailCredentialsRepository } from './email-credentials.repository.js';
import { type Attempt, LockOuts } from './lock-outs.js';
import { Passwords } from './passwords.js';

/** The one way to ask for a password, so that guesses are counted wherever one can be tried. */
@Injectable()
export class PasswordGuesses {
  constructor(
    private readonly lockOuts: LockOuts,
    private readonly credentials: EmailCredentialsRepository,
    private readonly passwords: Passwords,
  ) {}

  /**
   * The credential that an address and a password open, or null when either is wrong; both take the same steps and time.
   * @throws DomainError `sign-in-locked`, `unavailable`
   */
  async check(attempt: Attempt, password: string): Promise<EmailCredential | null> {
    const counted = await this.lockOuts.count(attempt);
    const credential = await this.credentials.findByEmail(attempt.email);
    const isRight = await this.passwords.matches(credential?.passwordHash ?? null, password);
    if (!isRight) {
      await this.lockOuts.fail(counted);
      return null;
    }
    await this.lockOuts.succeed(attempt);
    return credential;
  }
}
