import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { z } from 'zod';
import type { ChangeContext } from '../../../platform/changes/changes.js';
import { Clock } from '../../../platform/clock.js';
import { AccountMails } from './account-mails.js';
import { emailAddition } from './email-additions.js';
import { EmailCredentialsRepository } from './email-credentials.repository.js';
import { MailedRequests } from './mailed-requests.js';

/** Adds addresses to the accounts that asked for it, or tells their owners that somebody wanted them. */
@Injectable()
export class EmailAdditionJob implements OnModuleInit {
  constructor(
    private readonly requests: MailedRequests,
    private readonly credentials: EmailCredentialsRepository,
    private readonly mails: AccountMails,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.requests.handle(emailAddition, (request, context) => this.add(request, context));
  }

  private async add(
    { accountId, email, passwordHash, locale, ipAddress }: z.infer<typeof emailAddition.payload>,
    { transaction, audit }: ChangeContext,
  ): Promise<void> {
    const own = await this.credentials.find(accountId);
    // Proven in the meantime: what was asked for before counts no more.
    if (own?.verifiedAt != null) return;
    const credential = { email, passwordHash, isVerified: false, now: this.clock.now() };
    if (!(await this.credentials.put(transaction, accountId, credential))) {
      await this.mails.accountExists(transaction, { email, locale });
      return;
    }
    audit({
      action: 'account.updated',
      guildId: null,
      actor: { identity: null, ipAddress },
      target: { id: accountId, accountId },
      before: { signInEmail: own?.email ?? null },
      after: { signInEmail: email },
    });
    await this.mails.verification(transaction, { accountId, email, locale });
  }
}
