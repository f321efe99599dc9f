import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock.js';
import type { AccountIdentity } from '../../../platform/identity/identity.js';
import { DomainError } from '../../../platform/problems/domain-error.js';
import { SessionsRepository } from '../sessions.repository.js';
import { OwnPassword } from './own-password.js';

const RECENT_MS = 15 * 60_000;

/** What a person shows to prove that it is still them, and from where. */
export interface GivenProof {
  currentPassword: string | undefined;
  ipAddress: string;
}

/** What is asked of a signed-in person before a way to sign in is added or taken away. */
@Injectable()
export class RecentProof {
  constructor(
    private readonly ownPassword: OwnPassword,
    private readonly sessions: SessionsRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * Asks for the password of who has one, and for a recent sign-in of others.
   * @throws DomainError `reauthentication-required`, `password-wrong`, `sign-in-locked`, `unavailable`
   * @see https://github.com/OWASP/ASVS/blob/v5.0.0/5.0/en/0x16-V7-Session-Management.md 7.5.1
   */
  async require({ accountId, sessionId }: AccountIdentity, { currentPassword, ipAddress }: GivenProof): Promise<void> {
    if (await this.ownPassword.exists(accountId)) {
      if (currentPassword === undefined) {
        throw new DomainError('reauthentication-required', { detail: 'Send your password as currentPassword.' });
      }
      await this.ownPassword.require(accountId, currentPassword, ipAddress);
      return;
    }
    const startedAt = await this.sessions.findStart(sessionId);
    if (startedAt && this.clock.now().getTime() - startedAt.getTime() <= RECENT_MS) return;
    throw new DomainError('reauthentication-required', { detail: 'Sign in again, then do this within 15 minutes.' });
  }
}
