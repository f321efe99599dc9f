import { Injectable } from '@nestjs/common';
import { Changes } from '../../../platform/changes/changes.js';
import { Clock } from '../../../platform/clock.js';
import { DomainError } from '../../../platform/problems/domain-error.js';
import { EmailCredentialsRepository } from './email-credentials.repository.js';
import { OneTimeLinks } from './one-time-links.js';

/** Proof that an address is the person's: they opened a link that was mailed to it. */
@Injectable()
export class EmailVerifications {
  constructor(
    private readonly links: OneTimeLinks,
    private readonly credentials: EmailCredentialsRepository,
    private readonly changes: Changes,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `link-invalid` */
  async verify(token: string, ipAddress: string): Promise<void> {
    await this.changes.make(async ({ transaction, audit }) => {
      const owner = await this.links.redeem(transaction, token, 'verify-email');
      if (!(await this.credentials.verify(transaction, owner, this.clock.now()))) throw new DomainError('link-invalid');
      audit({
        action: 'account.emailVerified',
        guildId: null,
        actor: { identity: null, ipAddress },
        target: { id: owner.accountId, accountId: owner.accountId },
        after: { email: owner.email },
      });
    });
  }
}
