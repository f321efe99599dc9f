import { Injectable } from '@nestjs/common';
import type { ChangeContext } from '../../../platform/changes/changes.js';
import { Clock } from '../../../platform/clock.js';
import { DomainError } from '../../../platform/problems/domain-error.js';
import { type EmailAccountFacts, insertEmailAccount } from './email-account-rows.repository.js';

/** Creates accounts that sign in by e-mail, for registration, administrators and invitations. */
@Injectable()
export class EmailAccounts {
  constructor(private readonly clock: Clock) {}

  /**
   * Creates an account as a part of a change, whose caller writes it down.
   * @throws DomainError `conflict` when the address has an account: only for callers who may know that
   */
  async create(context: ChangeContext, facts: EmailAccountFacts): Promise<{ accountId: string }> {
    const accountId = await this.createUnlessTaken(context, facts);
    if (accountId === null) throw new DomainError('conflict', { detail: 'This address already has an account.' });
    return { accountId };
  }

  /** The same for callers who must not know: null when the address has an account. */
  async createUnlessTaken({ transaction }: ChangeContext, facts: EmailAccountFacts): Promise<string | null> {
    return insertEmailAccount(transaction, facts, this.clock.now());
  }
}
