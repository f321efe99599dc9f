import type { AuditEntry, AuditExportQuery, AuditQuery, Snowflake } from '@guildhall/contracts';
import { Injectable } from '@nestjs/common';
import type { PageContent } from '../../platform/lists/page.rules.js';
import { AUDIT_CSV_HEADER, auditCsvLine } from './audit-csv.rules.js';
import { type AuditFilter, AuditRepository } from './audit.repository.js';

/** Entries in memory at once. */
const EXPORT_BATCH = 500;

@Injectable()
export class AuditService {
  constructor(private readonly entries: AuditRepository) {}

  /** The audit log of a guild or, with null, of the instance. */
  async list(guildId: Snowflake | null, query: AuditQuery): Promise<PageContent<AuditEntry>> {
    return this.entries.findPage(guildId, query);
  }

  /** The same as one file, piece by piece. */
  async *export(guildId: Snowflake | null, { format, ...filter }: AuditExportQuery): AsyncGenerator<string> {
    yield format === 'csv' ? AUDIT_CSV_HEADER : '[';
    let isFirst = true;
    for await (const entry of this.all(guildId, filter)) {
      if (format === 'csv') yield auditCsvLine(entry);
      else yield `${isFirst ? '\n' : ',\n'}${JSON.stringify(entry)}`;
      isFirst = false;
    }
    if (format === 'json') yield '\n]\n';
  }

  private async *all(guildId: Snowflake | null, filter: AuditFilter): AsyncGenerator<AuditEntry> {
    let before: number | null = null;
    for (;;) {
      const batch: AuditEntry[] = await this.entries.findBefore(guildId, filter, { before, limit: EXPORT_BATCH });
      yield* batch;
      const last = batch.at(-1);
      if (!last || batch.length < EXPORT_BATCH) return;
      before = last.seq;
    }
  }
}
