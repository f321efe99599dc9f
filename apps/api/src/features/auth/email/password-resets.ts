import type { ResetPassword } from '@guildhall/contracts';
import { Injectable } from '@nestjs/common';
import { DomainError } from '../../../platform/problems/domain-error.js';
import { EmailCredentialsRepository } from './email-credentials.repository.js';
import { LockOuts } from './lock-outs.js';
import { OneTimeLinks } from './one-time-links.js';
import { PasswordChanges } from './password-changes.js';
import { Passwords } from './passwords.js';

/** A new password for who opened the mailed link. */
@Injectable()
export class PasswordResets {
  constructor(
    private readonly links: OneTimeLinks,
    private readonly credentials: EmailCredentialsRepository,
    private readonly passwords: Passwords,
    private readonly passwordChanges: PasswordChanges,
    private readonly lockOuts: LockOuts,
  ) {}

  /**
   * Puts the new password in place and ends all sessions. The link stays good when the password is refused.
   * @throws DomainError `link-invalid`, `password-too-weak`, `unavailable`
   */
  async reset({ token, password }: ResetPassword, ipAddress: string): Promise<void> {
    const { accountId, email } = await this.links.ownerOf(token, 'reset-password');
    const credential = await this.credentials.find(accountId);
    if (credential?.email !== email) throw new DomainError('link-invalid', { detail: 'Ask for a new one.' });
    const passwordHash = await this.passwords.hash(password, credential);
    await this.passwordChanges.make(credential, {
      passwordHash,
      reason: 'password-reset',
      actor: { identity: null, ipAddress },
      redeem: (transaction) => this.links.redeem(transaction, token, 'reset-password'),
    });
    await this.lockOuts.lift({ email, ipAddress });
  }
}
