import type { AuditEntry, AuditExportQuery, AuditQuery, Snowflake } from '@guildhall/contracts';
import { Injectable } from '@nestjs/common';
import type { PageContent } from '../../platform/lists/page.rules.js';
import { AUDIT_CSV_HEADER, auditCsvLine } from './audit-csv.rules.js';
import { AuditRepository } from './audit.repository.js';

/** Entries in memory at once. */
const EXPORT_BATCH = 500;

@Injectable()
export class AuditService {
  constructor(private readonly entries: AuditRepository) {}

  /** The audit log of a guild or, with null, of the instance. */
  async list(guildId: Snowflake | null, query: AuditQuery): Promise<PageContent<AuditEntry>> {
    return this.entries.findPage(guildId, query);
  }

  /** The same as one file, piece by piece. What cannot be read at all fails here, while an error can still be answered. */
  async export(guildId: Snowflake | null, { format, ...filter }: AuditExportQuery): Promise<AsyncGenerator<string>> {
    const read = (before: number | null) => this.entries.findBefore(guildId, filter, { before, limit: EXPORT_BATCH });
    return pieces(format, entriesFrom(await read(null), read));
  }
}

async function* pieces(format: AuditExportQuery['format'], entries: AsyncIterable<AuditEntry>): AsyncGenerator<string> {
  yield format === 'csv' ? AUDIT_CSV_HEADER : '[';
  let isFirst = true;
  for await (const entry of entries) {
    if (format === 'csv') yield auditCsvLine(entry);
    else yield `${isFirst ? '\n' : ',\n'}${JSON.stringify(entry)}`;
    isFirst = false;
  }
  if (format === 'json') yield '\n]\n';
}

/** The entries of a batch and of those that `read` finds before it. */
async function* entriesFrom(
  newest: readonly AuditEntry[],
  read: (before: number) => Promise<AuditEntry[]>,
): AsyncGenerator<AuditEntry> {
  let batch = newest;
  for (;;) {
    yield* batch;
    const last = batch.at(-1);
    if (!last || batch.length < EXPORT_BATCH) return;
    batch = await read(last.seq);
  }
}
