import type { Account, UpdateAccount } from '@guildhall/contracts';
import { Injectable } from '@nestjs/common';
import { Changes } from '../../platform/changes/changes.js';
import type { Actor } from '../../platform/identity/actor.js';
import { DomainError } from '../../platform/problems/domain-error.js';
import { AccountsRepository } from './accounts.repository.js';

@Injectable()
export class AccountsService {
  constructor(
    private readonly accounts: AccountsRepository,
    private readonly changes: Changes,
  ) {}

  /** @throws DomainError `not-found` */
  async get(accountId: string): Promise<Account> {
    return existing(await this.accounts.find(accountId));
  }

  /** @throws DomainError `not-found` */
  async update(accountId: string, change: UpdateAccount, actor: Actor): Promise<Account> {
    return this.changes.make(async ({ transaction, audit }) => {
      const { before, after } = existing(await this.accounts.update(transaction, accountId, change));
      audit({
        action: 'account.updated',
        guildId: null,
        actor,
        target: { id: accountId, name: after.displayName, accountId },
        before: { locale: before.locale, theme: before.theme },
        after: { locale: after.locale, theme: after.theme },
      });
      return after;
    });
  }
}

function existing<T>(account: T | null): T {
  if (!account) throw new DomainError('not-found', { detail: 'This account has been deleted.' });
  return account;
}
