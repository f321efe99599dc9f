import type { EraseAccount } from '@guildhall/contracts';
import { Injectable } from '@nestjs/common';
import { Changes } from '../../platform/changes/changes.js';
import type { Actor } from '../../platform/identity/actor.js';
import { DomainError } from '../../platform/problems/domain-error.js';
import { avatarKey } from './avatar.rules.js';
import { ErasureConsent } from './erasure-consent.js';
import { PersonRemoval } from './person-removal.js';
import { type AccountToErase, PrivacyRepository } from './privacy.repository.js';
import { SignInEnding } from './sign-in-ending.js';

/** Erases people who ask for it. */
@Injectable()
export class ErasureService {
  constructor(
    private readonly changes: Changes,
    private readonly repository: PrivacyRepository,
    private readonly consent: ErasureConsent,
    private readonly removal: PersonRemoval,
    private readonly signInEnding: SignInEnding,
  ) {}

  /**
   * Erases an account and what is held of the person, for good and at once; what lies outside the database follows.
   * @throws DomainError `validation-failed`, `password-wrong`, `sign-in-locked`
   */
  async erase(accountId: string, body: EraseAccount, actor: Actor): Promise<void> {
    // Before the transaction: a wrong password has to be counted although nothing changes.
    await this.consent.require(accountId, body, actor);
    await this.changes.make(async (context) => {
      const { transaction, audit, publish } = context;
      const account = await this.repository.lock(transaction, accountId);
      if (!account) throw new DomainError('unauthenticated');
      await this.signInEnding.endWith(context, accountId);
      const after = await this.removal.remove(transaction, account, filesOf(account));
      await this.repository.deleteAccount(transaction, accountId);
      // Says what was erased, and nothing of whom: neither the actor nor the target is named.
      audit({
        action: 'account.erased',
        guildId: null,
        actor: { identity: null, ipAddress: null },
        origin: 'dashboard',
        target: { id: null },
        after,
      });
      for (const guildId of account.guildIds) publish({ name: 'guild.synced', guildId, item: { id: guildId } });
    });
  }
}

function filesOf({ accountId, avatar, fileKeys }: AccountToErase): string[] {
  const picture = avatarKey(accountId, avatar);
  return picture === null ? fileKeys : [...fileKeys, picture];
}
