import type { Account, UpdateAccount } from '@guildhall/contracts';
import { Injectable } from '@nestjs/common';
import { DomainError } from '../../platform/problems/domain-error.js';
import { AccountsRepository } from './accounts.repository.js';

@Injectable()
export class AccountsService {
  constructor(private readonly accounts: AccountsRepository) {}

  /** @throws DomainError `not-found` */
  async get(accountId: string): Promise<Account> {
    return existing(await this.accounts.find(accountId));
  }

  /** @throws DomainError `not-found` */
  async update(accountId: string, change: UpdateAccount): Promise<Account> {
    return existing(await this.accounts.update(accountId, change));
  }
}

function existing(account: Account | null): Account {
  if (!account) throw new DomainError('not-found', { detail: 'This account has been deleted.' });
  return account;
}
