import { DATA_EXPORT_DAYS, type DataExport } from '@guildhall/contracts';
import { Injectable } from '@nestjs/common';
import { Changes } from '../../platform/changes/changes.js';
import { Clock } from '../../platform/clock.js';
import { FileStore, type StoredFile } from '../../platform/files/file-store.js';
import type { Actor } from '../../platform/identity/actor.js';
import type { AccountIdentity } from '../../platform/identity/identity.js';
import { Jobs } from '../../platform/jobs/jobs.js';
import { DomainError } from '../../platform/problems/domain-error.js';
import { collectExport } from './exports.jobs.js';
import { exportOf, PrivacyRepository } from './privacy.repository.js';

const DAY_MS = 86_400_000;

/** Copies of everything that is held of a person, for that person. */
@Injectable()
export class ExportsService {
  constructor(
    private readonly changes: Changes,
    private readonly repository: PrivacyRepository,
    private readonly jobs: Jobs,
    private readonly files: FileStore,
    private readonly clock: Clock,
  ) {}

  /** Has a copy made. @throws DomainError `conflict` while one is being made */
  async ask({ accountId, discordId }: AccountIdentity, actor: Actor): Promise<DataExport> {
    const known = await this.repository.findExports(accountId);
    const createdAt = this.clock.now();
    // One that could not be made is among the failed actions, and does not keep the person from asking again.
    const isMade = known.some(
      (one) => one.state === 'pending' && createdAt.getTime() - one.createdAt.getTime() < DAY_MS,
    );
    if (isMade) throw new DomainError('conflict', { detail: 'A copy of your data is being made already.' });
    const expiresAt = new Date(createdAt.getTime() + DATA_EXPORT_DAYS * DAY_MS);
    return this.changes.make(async ({ transaction, audit }) => {
      const row = await this.repository.addExport(transaction, { accountId, createdAt, expiresAt });
      await this.jobs.send(transaction, collectExport, { exportId: row.id });
      audit({
        action: 'account.exported',
        guildId: null,
        actor,
        target: { id: accountId, accountId, ...(discordId && { discordId }) },
      });
      return exportOf(row);
    });
  }

  async list(accountId: string): Promise<DataExport[]> {
    const now = this.clock.now();
    const rows = await this.repository.findExports(accountId);
    return rows.filter(({ expiresAt }) => expiresAt > now).map(exportOf);
  }

  /** The file. @throws DomainError `not-found` for another's, an unfinished and an expired one */
  async open(accountId: string, id: string): Promise<StoredFile> {
    const row = await this.repository.findExport(id);
    const isTheirs = row?.accountId === accountId && row.expiresAt > this.clock.now();
    const file = isTheirs && row.fileKey !== null ? await this.files.get(row.fileKey) : null;
    if (!file) throw new DomainError('not-found', { detail: 'There is no such copy, or it has expired.' });
    return file;
  }
}
