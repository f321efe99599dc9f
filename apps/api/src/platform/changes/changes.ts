import type { Database, Transaction } from '@guildhall/database';
import { Inject, Injectable } from '@nestjs/common';
import type { AuditRecord } from '../audit/audit-record.js';
import { type AppendedEntry, AuditLog } from '../audit/audit-log.js';
import { DATABASE } from '../database/database.module.js';
import { Idempotency } from '../idempotency/idempotency.js';
import type { RealtimeChange } from '../realtime/realtime-change.js';
import { RealtimePublisher } from '../realtime/realtime-publisher.js';

/** What a change is made with; everything asked for here happens with the commit, or not at all. */
export interface ChangeContext {
  transaction: Transaction;
  /** Writes the change down in the audit log. */
  audit(record: AuditRecord): void;
  /** Tells the dashboards. */
  publish(change: RealtimeChange): void;
  /** Runs after the commit, for what cannot be part of it: caches to forget, sockets to evict. */
  afterCommit(effect: () => void): void;
}

/** The one way to change something through Guildhall: rows, audit entry, jobs and realtime events in one transaction. */
@Injectable()
export class Changes {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly auditLog: AuditLog,
    private readonly publisher: RealtimePublisher,
    private readonly idempotency: Idempotency,
  ) {}

  /** Makes a change. What `work` throws rolls everything back. */
  async make<T>(work: (context: ChangeContext) => Promise<T>): Promise<T> {
    const effects: (() => void)[] = [];
    const { result, emissions } = await this.database.transaction(async (transaction) => {
      const records: AuditRecord[] = [];
      const changes: RealtimeChange[] = [];
      const result = await work({
        transaction,
        audit: (record) => records.push(record),
        publish: (change) => changes.push(change),
        afterCommit: (effect) => effects.push(effect),
      });
      await this.idempotency.noteChange(transaction);
      // Last, because both lock rows that every change of the guild needs.
      const appended = await this.auditLog.append(transaction, records);
      changes.push(...appended.flatMap(announced));
      return { result, emissions: await this.publisher.number(transaction, changes) };
    });
    for (const effect of effects) effect();
    this.publisher.publish(emissions);
    return result;
  }
}

/** Who looks at a guild's audit log sees the entry come; that of the instance has no room. */
function announced({ guildId, entry }: AppendedEntry): RealtimeChange[] {
  return guildId === null ? [] : [{ name: 'audit.appended', guildId, item: entry }];
}
