import type { AdminAccount, AdminAccountQuery, AdminUpdateAccount } from '@guildhall/contracts';
import { Injectable } from '@nestjs/common';
import { type ChangeContext, Changes } from '../../platform/changes/changes.js';
import { Clock } from '../../platform/clock.js';
import type { Actor } from '../../platform/identity/actor.js';
import type { PageContent } from '../../platform/lists/page.rules.js';
import { DomainError } from '../../platform/problems/domain-error.js';
import { AccountStanding, SessionsService } from '../auth/index.js';
import { AdminAccountsRepository } from './admin-accounts.repository.js';

/** Accounts as the administrators of the instance manage them. */
@Injectable()
export class AdminAccountsService {
  constructor(
    private readonly accounts: AdminAccountsRepository,
    private readonly standing: AccountStanding,
    private readonly sessions: SessionsService,
    private readonly changes: Changes,
    private readonly clock: Clock,
  ) {}

  async findPage(query: AdminAccountQuery): Promise<PageContent<AdminAccount>> {
    return this.accounts.findPage(query);
  }

  /**
   * Changes the role of an account, or whether it is kept out.
   * @throws DomainError `not-found`, and `conflict` when nobody would be an administrator any more
   */
  async update(accountId: string, change: AdminUpdateAccount, actor: Actor): Promise<AdminAccount> {
    return this.changes.make(async (context) => {
      const before = await this.existing(context, accountId);
      const after = {
        ...before,
        role: change.role ?? before.role,
        isDisabled: change.isDisabled ?? before.isDisabled,
      };
      if (after.role === before.role && after.isDisabled === before.isDisabled) return before;
      const isAdministrator = after.role === 'ADMIN' && !after.isDisabled;
      if (!isAdministrator && !(await this.accounts.hasOtherAdministrator(context.transaction, accountId))) {
        throw new DomainError('conflict', { detail: 'Somebody has to be an administrator: name another one first.' });
      }
      await this.accounts.setStanding(context.transaction, accountId, { ...after, now: this.clock.now() });
      await this.follow(context, { before, after, actor });
      return after;
    });
  }

  /** Ends all sessions of an account. @throws DomainError `not-found` */
  async endSessions(accountId: string, actor: Actor): Promise<void> {
    await this.changes.make(async (context) => {
      await this.existing(context, accountId);
      await this.sessions.endWith(context, { accountId }, { reason: 'ended-by-administrator', actor });
    });
  }

  /** Writes the change down, and has it count at once. */
  private async follow(
    context: ChangeContext,
    { before, after, actor }: { before: AdminAccount; after: AdminAccount; actor: Actor },
  ): Promise<void> {
    const target = { id: after.id, name: after.displayName, accountId: after.id };
    const record = { guildId: null, actor, target };
    if (after.role !== before.role) {
      const action = 'account.roleChanged';
      context.audit({ ...record, action, before: { role: before.role }, after: { role: after.role } });
    }
    if (after.isDisabled !== before.isDisabled) {
      const [{ isDisabled: was }, { isDisabled: is }] = [before, after];
      context.audit({ ...record, action: 'account.updated', before: { isDisabled: was }, after: { isDisabled: is } });
    }
    await this.standing.renewWith(context, after.id);
    if (after.isDisabled) {
      await this.sessions.endWith(context, { accountId: after.id }, { reason: 'account-disabled', actor });
    }
  }

  private async existing({ transaction }: ChangeContext, accountId: string): Promise<AdminAccount> {
    const account = await this.accounts.lock(transaction, accountId);
    if (!account) throw new DomainError('not-found', { detail: 'There is no such account.' });
    return account;
  }
}
