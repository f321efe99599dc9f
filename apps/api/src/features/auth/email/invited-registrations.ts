import type { RegisterAccount } from '@guildhall/contracts';
import { Injectable } from '@nestjs/common';
import { Changes } from '../../../platform/changes/changes.js';
import type { Actor } from '../../../platform/identity/actor.js';
import { DomainError } from '../../../platform/problems/domain-error.js';
import { Invitations } from '../../access/index.js';
import { EmailAccounts } from './email-accounts.js';
import { Passwords } from './passwords.js';

type InvitedPerson = Required<Pick<RegisterAccount, 'invitation' | 'locale'>> & RegisterAccount;

/**
 * Accounts of people who were invited by e-mail. Whoever holds the link has read the mails of the address: it is proven, and
 * they may know whether it has an account.
 */
@Injectable()
export class InvitedRegistrations {
  constructor(
    private readonly invitations: Invitations,
    private readonly accounts: EmailAccounts,
    private readonly passwords: Passwords,
    private readonly changes: Changes,
  ) {}

  /**
   * Creates the account and accepts the invitation with it.
   * @throws DomainError `link-invalid` also for another address, `conflict` when it has an account, `password-too-weak`
   */
  async register(
    { email, password, displayName, locale, invitation }: InvitedPerson,
    ipAddress: string,
  ): Promise<void> {
    const invited = await this.invitations.preview(invitation);
    if (invited.email.toLowerCase() !== email.toLowerCase()) {
      throw new DomainError('link-invalid', { detail: 'The invitation was mailed to another address.' });
    }
    const passwordHash = await this.passwords.hash(password, { email, displayName });
    const actor: Actor = { identity: null, ipAddress };
    await this.changes.make(async (context) => {
      const facts = { email, passwordHash, isVerified: true, displayName, role: 'USER', locale } as const;
      const { accountId } = await this.accounts.create(context, facts);
      context.audit({
        action: 'account.registered',
        guildId: null,
        actor,
        target: { id: accountId, ...(displayName !== undefined && { name: displayName }), accountId },
        after: { email },
      });
      await this.invitations.accept(context, invitation, { accountId, actor });
    });
  }
}
