import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { z } from 'zod';
import type { ChangeContext } from '../../../platform/changes/changes.js';
import { AccountMails } from './account-mails.js';
import { EmailAccounts } from './email-accounts.js';
import { MailedRequests } from './mailed-requests.js';
import { registration } from './registrations.js';

/** Does registrations that were accepted. */
@Injectable()
export class RegistrationJob implements OnModuleInit {
  constructor(
    private readonly requests: MailedRequests,
    private readonly accounts: EmailAccounts,
    private readonly mails: AccountMails,
  ) {}

  onModuleInit(): void {
    this.requests.handle(registration, (request, context) => this.register(request, context));
  }

  private async register(
    { ipAddress, ...facts }: z.infer<typeof registration.payload>,
    context: ChangeContext,
  ): Promise<void> {
    const accountId = await this.accounts.createUnlessTaken(context, { ...facts, isVerified: false, role: 'USER' });
    if (accountId === null) {
      await this.mails.accountExists(context.transaction, facts);
      return;
    }
    context.audit({
      action: 'account.registered',
      guildId: null,
      actor: { identity: null, ipAddress },
      target: { id: accountId, ...(facts.displayName !== undefined && { name: facts.displayName }), accountId },
      after: { email: facts.email },
    });
    await this.mails.verification(context.transaction, { ...facts, accountId });
  }
}
