import type { CreateAccount, CreatedAccount } from '@guildhall/contracts';
import { Injectable } from '@nestjs/common';
import { Changes } from '../../platform/changes/changes.js';
import type { Actor } from '../../platform/identity/actor.js';
import { AccountMails, EmailAccounts, Passwords } from '../auth/index.js';
import { AdminAccountsRepository } from './admin-accounts.repository.js';

/** Accounts that an administrator creates for others. */
@Injectable()
export class AccountCreation {
  constructor(
    private readonly accounts: AdminAccountsRepository,
    private readonly emailAccounts: EmailAccounts,
    private readonly passwords: Passwords,
    private readonly mails: AccountMails,
    private readonly changes: Changes,
  ) {}

  /**
   * Creates an account and mails a link to choose a password, which proves the address; or answers with a password, and the
   * administrator vouches for the address.
   * @throws DomainError `conflict` when the address has an account, `unavailable`
   */
  async create({ password: way, ...facts }: CreateAccount, actor: Actor): Promise<CreatedAccount> {
    const generated = way === 'generated' ? await this.passwords.generate() : null;
    return this.changes.make(async (context) => {
      const { transaction, audit } = context;
      const { accountId } = await this.emailAccounts.create(context, {
        ...facts,
        passwordHash: generated?.passwordHash ?? null,
        isVerified: generated !== null,
      });
      const account = await this.accounts.lock(transaction, accountId);
      if (!account) throw new Error('the account that was just created is gone');
      audit({
        action: 'account.created',
        guildId: null,
        actor,
        target: { id: accountId, name: account.displayName, accountId },
        after: { email: facts.email, role: facts.role },
      });
      if (!generated) await this.mails.reset(transaction, { ...facts, accountId }, { isFirst: true });
      return { account, password: generated?.password ?? null };
    });
  }
}
