import type { Transaction } from '@guildhall/database';
import { Injectable } from '@nestjs/common';
import { Changes } from '../../../platform/changes/changes.js';
import { Clock } from '../../../platform/clock.js';
import { type Ending, SessionsService } from '../sessions.service.js';
import { AccountMails } from './account-mails.js';
import { type EmailCredential, EmailCredentialsRepository } from './email-credentials.repository.js';

export interface NewPassword extends Ending {
  reason: 'password-changed' | 'password-reset';
  passwordHash: string;
  /** The session in which the password was changed; it goes on. */
  keptSessionId?: string;
  /** Uses up what allows the change, in the same transaction. */
  redeem?: (transaction: Transaction) => Promise<unknown>;
}

const actions = { 'password-changed': 'account.passwordChanged', 'password-reset': 'account.passwordReset' } as const;

/** Puts a password in place of another: whoever knew the old one is out, and the owner is told. */
@Injectable()
export class PasswordChanges {
  constructor(
    private readonly changes: Changes,
    private readonly credentials: EmailCredentialsRepository,
    private readonly sessions: SessionsService,
    private readonly mails: AccountMails,
    private readonly clock: Clock,
  ) {}

  /** Makes the change. What `redeem` throws rolls it back. */
  async make(
    credential: EmailCredential,
    { passwordHash, reason, actor, keptSessionId, redeem }: NewPassword,
  ): Promise<void> {
    const { accountId, displayName } = credential;
    const now = this.clock.now();
    await this.changes.make(async (context) => {
      await redeem?.(context.transaction);
      await this.credentials.setPassword(context.transaction, accountId, { passwordHash, now });
      // Who chose a password by the mailed link has proven the address.
      if (reason === 'password-reset') await this.credentials.verify(context.transaction, credential, now);
      context.audit({
        action: actions[reason],
        guildId: null,
        actor,
        target: { id: accountId, name: displayName, accountId },
      });
      const others = { accountId, ...(keptSessionId !== undefined && { exceptSessionId: keptSessionId }) };
      await this.sessions.endWith(context, others, { reason, actor });
      await this.mails.passwordChanged(context.transaction, credential);
    });
  }
}
