import type { Snowflake } from '@guildhall/contracts';
import { type Database, schema, type Transaction } from '@guildhall/database';
import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { StoredEntry } from './chain-check.rules.js';

const { auditEntries, auditParts } = schema;

/** Entries in memory at once. */
const BATCH = 500;

const chainOf = sql<string>`coalesce(${auditEntries.guildId}, 0)`;

/** The whole audit log as it stands at one moment; read without Nest, for the command line too. */
export class AuditVerificationRepository {
  constructor(private readonly database: Database) {}

  /** Has everything read at one moment, while Guildhall goes on. */
  async atOneMoment<T>(work: (moment: Transaction) => Promise<T>): Promise<T> {
    return this.database.transaction(work, { isolationLevel: 'repeatable read', accessMode: 'read only' });
  }

  /** The guilds that have a chain; null is the instance. */
  async findChains(moment: Transaction): Promise<(Snowflake | null)[]> {
    const rows = await moment.selectDistinct({ guildId: auditEntries.guildId }).from(auditEntries);
    return rows.map(({ guildId }) => guildId);
  }

  /** The details of all entries that account for what was erased. */
  async findErasures(moment: Transaction): Promise<unknown[]> {
    const rows = await moment
      .select({ body: auditParts.body })
      .from(auditEntries)
      .innerJoin(auditParts, and(eq(auditParts.entryId, auditEntries.id), eq(auditParts.part, 'details')))
      .where(and(isNull(auditEntries.guildId), eq(auditEntries.action, 'account.erased')));
    return rows.map(({ body }) => body);
  }

  /** The entries of a chain by number, with their parts. */
  async *readChain(moment: Transaction, guildId: Snowflake | null): AsyncGenerator<StoredEntry> {
    let after: number | null = null;
    for (;;) {
      const entries = await this.readEntries(moment, guildId, after);
      const parts = await this.readParts(
        moment,
        entries.map(({ id }) => id),
      );
      for (const entry of entries) yield { ...entry, parts: parts.get(entry.id) ?? {} };
      const last = entries.at(-1);
      if (!last || entries.length < BATCH) return;
      after = last.seq;
    }
  }

  private async readEntries(moment: Transaction, guildId: Snowflake | null, after: number | null) {
    return (
      moment
        .select({
          id: auditEntries.id,
          guildId: auditEntries.guildId,
          seq: auditEntries.seq,
          // In the precision of the database: a Date would round a change away.
          at: sql<string>`to_char(${auditEntries.at} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`,
          action: sql<string>`${auditEntries.action}`,
          origin: auditEntries.origin,
          targetType: auditEntries.targetType,
          partHashes: auditEntries.partHashes,
          keyId: auditEntries.keyId,
          mac: auditEntries.mac,
        })
        .from(auditEntries)
        .where(and(eq(chainOf, guildId ?? '0'), after === null ? undefined : sql`${auditEntries.seq} > ${after}`))
        // As the index of the chain has them, read backwards.
        .orderBy(sql`${auditEntries.seq} asc nulls first`)
        .limit(BATCH)
    );
  }

  private async readParts(
    moment: Transaction,
    entryIds: readonly string[],
  ): Promise<Map<string, StoredEntry['parts']>> {
    const byEntry = new Map<string, StoredEntry['parts']>();
    if (entryIds.length === 0) return byEntry;
    const rows = await moment.select().from(auditParts).where(inArray(auditParts.entryId, entryIds));
    for (const { entryId, part, ...content } of rows) {
      byEntry.set(entryId, { ...byEntry.get(entryId), [part]: content });
    }
    return byEntry;
  }

  /** The ends of all chains. */
  async findHeads(): Promise<{ guildId: Snowflake | null; seq: number; mac: Buffer }[]> {
    return this.database
      .selectDistinctOn([chainOf], { guildId: auditEntries.guildId, seq: auditEntries.seq, mac: auditEntries.mac })
      .from(auditEntries)
      .orderBy(chainOf, sql`${auditEntries.seq} desc nulls last`);
  }

  /** The MAC of one entry; null when there is none. */
  async findMac(guildId: Snowflake | null, seq: number): Promise<Buffer | null> {
    const [row] = await this.database
      .select({ mac: auditEntries.mac })
      .from(auditEntries)
      .where(and(eq(chainOf, guildId ?? '0'), eq(auditEntries.seq, seq)));
    return row?.mac ?? null;
  }
}
