import type { ChangePassword } from '@guildhall/contracts';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/identity/actor.js';
import type { AccountIdentity } from '../../../platform/identity/identity.js';
import { DomainError } from '../../../platform/problems/domain-error.js';
import { type EmailCredential, EmailCredentialsRepository } from './email-credentials.repository.js';
import { PasswordChanges } from './password-changes.js';
import { PasswordGuesses } from './password-guesses.js';
import { Passwords } from './passwords.js';

/** The password of the person who is signed in. */
@Injectable()
export class OwnPassword {
  constructor(
    private readonly credentials: EmailCredentialsRepository,
    private readonly guesses: PasswordGuesses,
    private readonly passwords: Passwords,
    private readonly passwordChanges: PasswordChanges,
  ) {}

  /** Whether there is a password that opens the account, and that can be asked for. */
  async exists(accountId: string): Promise<boolean> {
    const own = await this.credentials.find(accountId);
    return own?.passwordHash != null && own.verifiedAt !== null;
  }

  /**
   * Holds a password against the person's own, for what a stolen session must not do.
   * @throws DomainError `password-wrong` (also where there is none), `sign-in-locked`, `unavailable`
   */
  async require(accountId: string, password: string, ipAddress: string): Promise<EmailCredential> {
    const own = await this.credentials.find(accountId);
    const opened = own && (await this.guesses.check({ email: own.email, ipAddress }, password));
    if (opened?.accountId !== accountId) throw new DomainError('password-wrong');
    return opened;
  }

  /**
   * Changes the password and ends all other sessions.
   * @throws DomainError `password-wrong`, `sign-in-locked`, `password-too-weak`, `unavailable`
   */
  async change(
    { accountId, sessionId }: AccountIdentity,
    { currentPassword, newPassword }: ChangePassword,
    actor: Actor,
  ): Promise<void> {
    const credential = await this.require(accountId, currentPassword, actor.ipAddress ?? '');
    const passwordHash = await this.passwords.hash(newPassword, credential);
    const reason = 'password-changed';
    await this.passwordChanges.make(credential, { passwordHash, reason, actor, keptSessionId: sessionId });
  }
}
