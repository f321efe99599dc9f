import type { Transaction } from '@guildhall/database';
import { Injectable } from '@nestjs/common';
import type { Person } from '../privacy/personal-data.js';
import { AuditErasureRepository } from './audit-erasure.repository.js';
import { accountOf } from './erased-parts.rules.js';

/** Takes people out of the audit log without breaking its chains. */
@Injectable()
export class AuditErasure {
  constructor(private readonly repository: AuditErasureRepository) {}

  /**
   * Erases every part that is about a person or names them.
   * @returns what the `account.erased` entry has to say in `after`, so that the gaps are accounted for
   */
  async erase(transaction: Transaction, person: Person): Promise<Record<string, unknown>> {
    return accountOf(await this.repository.erase(transaction, person));
  }

  /** Every part that is about a person. */
  find(person: Person): AsyncGenerator<unknown> {
    return this.repository.find(person);
  }
}
