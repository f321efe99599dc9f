import { Injectable, type OnModuleInit } from '@nestjs/common';
import { z } from 'zod';
import { queue } from '../../../platform/jobs/queue.js';
import { AccountMails } from './account-mails.js';
import { EmailCredentialsRepository } from './email-credentials.repository.js';
import { MailedRequests } from './mailed-requests.js';

const forgottenPassword = queue(
  'auth.forgot-password',
  z.object({ email: z.string() }),
  // It holds an address that may be nobody's.
  { isForgottenWhenDone: true },
);

/** Mails a link to who forgot their password; for an address without an account nothing happens, and nobody sees that. */
@Injectable()
export class ForgottenPasswords implements OnModuleInit {
  constructor(
    private readonly requests: MailedRequests,
    private readonly credentials: EmailCredentialsRepository,
    private readonly mails: AccountMails,
  ) {}

  onModuleInit(): void {
    this.requests.handle(forgottenPassword, async ({ email }, { transaction }) => {
      const credential = await this.credentials.findByEmail(email);
      if (credential) await this.mails.reset(transaction, credential);
    });
  }

  async ask(email: string): Promise<void> {
    await this.requests.submit(forgottenPassword, { email });
  }
}
