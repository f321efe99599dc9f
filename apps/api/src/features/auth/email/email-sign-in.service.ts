import { localeSchema, type Login } from '@guildhall/contracts';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { z } from 'zod';
import { queue } from '../../../platform/jobs/queue.js';
import { DomainError } from '../../../platform/problems/domain-error.js';
import { type Device, type IssuedSession, SessionsService } from '../sessions.service.js';
import { AccountMails } from './account-mails.js';
import { MailedRequests } from './mailed-requests.js';
import { PasswordGuesses } from './password-guesses.js';

const verificationReminder = queue(
  'auth.verification-reminder',
  z.object({ accountId: z.uuid(), email: z.string(), locale: localeSchema }),
);

/** Sign-in by e-mail address and password. */
@Injectable()
export class EmailSignIn implements OnModuleInit {
  constructor(
    private readonly guesses: PasswordGuesses,
    private readonly sessions: SessionsService,
    private readonly requests: MailedRequests,
    private readonly mails: AccountMails,
  ) {}

  onModuleInit(): void {
    this.requests.handle(verificationReminder, async (recipient, { transaction }) => {
      await this.mails.verification(transaction, recipient);
    });
  }

  /**
   * @throws DomainError `sign-in-failed` for a wrong address as for a wrong password, `sign-in-locked`, `unavailable`, and
   * `email-not-verified` for who knows the password; the link is then mailed once more
   */
  async signIn({ email, password }: Pick<Login, 'email' | 'password'>, device: Device): Promise<IssuedSession> {
    const credential = await this.guesses.check({ email, ipAddress: device.ipAddress ?? '' }, password);
    if (!credential) throw new DomainError('sign-in-failed');
    if (credential.verifiedAt === null) {
      await this.requests.submit(verificationReminder, credential);
      throw new DomainError('email-not-verified', { detail: 'The link was mailed once more.' });
    }
    return this.sessions.start(credential.accountId, device);
  }
}
