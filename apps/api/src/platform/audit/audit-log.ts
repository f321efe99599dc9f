import { randomBytes } from 'node:crypto';
import { auditActions, type AuditEntry, type Snowflake } from '@guildhall/contracts';
import type { Transaction } from '@guildhall/database';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.js';
import { newId } from '../ids.js';
import { type AuditPartName, chainInstant, entryMac, partHash } from './audit-chain.rules.js';
import { AuditKeys } from './audit-keys.rules.js';
import { AuditLogRepository, type ChainEnd, type NewEntry } from './audit-log.repository.js';
import { auditEntryOf, originOf, partsOf } from './audit-parts.rules.js';
import type { AuditRecord } from './audit-record.js';

const SALT_BYTES = 16;
const EMPTY_CHAIN: ChainEnd = { seq: 0, mac: Buffer.alloc(0) };

/** An entry as it was written, with the chain it belongs to. */
export interface AppendedEntry {
  guildId: Snowflake | null;
  entry: AuditEntry;
}

/** Writes changes down, in the transaction that makes them. */
@Injectable()
export class AuditLog {
  constructor(
    private readonly keys: AuditKeys,
    private readonly repository: AuditLogRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * Appends records to the chains of their guilds, in order. From then on the transaction holds those chains: nothing that
   * somebody else may hold while waiting for a chain may be locked after this.
   */
  async append(transaction: Transaction, records: readonly AuditRecord[]): Promise<AppendedEntry[]> {
    const byChain = Map.groupBy(records, ({ guildId }) => guildId ?? '');
    // In one order for all, so that two transactions never wait for each other.
    const chains = [...byChain].sort(([a], [b]) => (a < b ? -1 : 1));
    const appended: AppendedEntry[] = [];
    for (const [, chainRecords] of chains) appended.push(...(await this.appendTo(transaction, chainRecords)));
    return appended;
  }

  private async appendTo(transaction: Transaction, records: readonly AuditRecord[]): Promise<AppendedEntry[]> {
    const guildId = records[0]?.guildId ?? null;
    await this.repository.lock(transaction, guildId);
    let end = (await this.repository.findEnd(transaction, guildId)) ?? EMPTY_CHAIN;
    const entries: NewEntry[] = [];
    for (const record of records) {
      const entry = await this.entryAfter(end, record, transaction);
      entries.push(entry);
      end = entry;
    }
    await this.repository.insert(transaction, entries);
    return entries.map((entry) => ({ guildId, entry: readable(entry) }));
  }

  private async entryAfter(end: ChainEnd, record: AuditRecord, transaction: Transaction): Promise<NewEntry> {
    const { identity } = record.actor;
    const known = identity && (await this.repository.findActor(transaction, identity));
    const parts = Object.entries(partsOf(record, known)).map(([part, content]) => ({
      // Safe: `partsOf` returns nothing but parts.
      part: part as AuditPartName,
      salt: randomBytes(SALT_BYTES),
      content,
    }));
    const entry = {
      id: newId(),
      guildId: record.guildId,
      seq: end.seq + 1,
      at: chainInstant(this.clock.now()),
      action: record.action,
      origin: originOf(record),
      targetType: auditActions[record.action],
      partHashes: Object.fromEntries(parts.map(({ part, salt, content }) => [part, partHash(salt, content)])),
      keyId: this.keys.currentId,
    };
    const mac = entryMac(this.keys, end.mac, entry);
    if (!mac) throw new Error('AUDIT_KEY names no key');
    return { ...entry, mac, parts };
  }
}

function readable(entry: NewEntry): AuditEntry {
  const bodies = Object.fromEntries(entry.parts.map(({ part, content }) => [part, content.body]));
  return auditEntryOf(entry, new Date(entry.at), bodies);
}
