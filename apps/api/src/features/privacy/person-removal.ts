import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Transaction } from '@guildhall/database';
import { AuditErasure } from '../../platform/audit/audit-erasure.js';
import { Clock } from '../../platform/clock.js';
import { Jobs } from '../../platform/jobs/jobs.js';
import { Erasures } from '../../platform/privacy/erasures.js';
import { PersonalData } from '../../platform/privacy/personal-data.js';
import { deleteFiles } from './exports.jobs.js';
import type { AccountToErase } from './privacy.repository.js';

/** Takes a person out of everything that is held. */
@Injectable()
export class PersonRemoval implements OnModuleInit {
  constructor(
    private readonly personalData: PersonalData,
    private readonly auditErasure: AuditErasure,
    private readonly erasures: Erasures,
    private readonly jobs: Jobs,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.personalData.register('audit', {
      export: (person) => this.auditErasure.find(person),
      // Below, because what is erased there has to be accounted for.
      erase: () => Promise.resolve(),
    });
  }

  /** @returns what the audit log has to say of the gaps that this leaves in it */
  async remove(
    transaction: Transaction,
    account: AccountToErase,
    fileKeys: string[],
  ): Promise<Record<string, unknown>> {
    if (account.discordId !== null) await this.erasures.note(transaction, account.discordId, this.clock.now());
    await this.personalData.erase(transaction, account);
    await this.jobs.send(transaction, deleteFiles, { fileKeys });
    return this.auditErasure.erase(transaction, account);
  }
}
