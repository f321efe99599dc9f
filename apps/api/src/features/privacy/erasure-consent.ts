import type { EraseAccount } from '@guildhall/contracts';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/identity/actor.js';
import { DomainError } from '../../platform/problems/domain-error.js';
import { validationFailed } from '../../platform/validation/validation-failed.js';
import { OwnPassword } from '../auth/index.js';
import { PrivacyRepository } from './privacy.repository.js';

/** Makes sure that somebody means to be erased, and is who they say. */
@Injectable()
export class ErasureConsent {
  constructor(
    private readonly repository: PrivacyRepository,
    private readonly ownPassword: OwnPassword,
  ) {}

  /** @throws DomainError `validation-failed` for another name, `password-wrong`, `sign-in-locked` */
  async require(accountId: string, { confirm, password }: EraseAccount, actor: Actor): Promise<void> {
    const names = await this.repository.findNames(accountId);
    if (!names.includes(confirm.trim().toLowerCase()))
      throw validationFailed([{ path: ['confirm'], message: 'must be your username or e-mail address' }]);
    if (!(await this.ownPassword.exists(accountId))) return;
    if (password === undefined) throw new DomainError('password-wrong');
    await this.ownPassword.require(accountId, password, actor.ipAddress ?? '');
  }
}
