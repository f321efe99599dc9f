import { type AuditEntry, type AuditQuery, type Snowflake, snowflakeSchema } from '@guildhall/contracts';
import { type Database, schema } from '@guildhall/database';
import { Inject, Injectable } from '@nestjs/common';
import { and, count, eq, exists, gte, inArray, lt, lte, or, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { DATABASE } from '../../platform/database/database.module.js';
import { auditEntryOf } from '../../platform/audit/audit-parts.rules.js';
import { offsetOf, type PageContent } from '../../platform/lists/page.rules.js';

const { auditEntries, auditParts } = schema;

/** In the words of the chain's index, as is the condition on the guild below. */
const NEWEST_FIRST = sql`${auditEntries.seq} desc nulls last`;

type AuditFilter = Omit<AuditQuery, 'page' | 'limit'>;

/** Reads of the audit log, newest first. */
@Injectable()
export class AuditRepository {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  async findPage(guildId: Snowflake | null, query: AuditQuery): Promise<PageContent<AuditEntry>> {
    const condition = and(isOf(guildId), this.matches(query));
    const [rows, [counted]] = await Promise.all([
      this.database
        .select()
        .from(auditEntries)
        .where(condition)
        .orderBy(NEWEST_FIRST)
        .limit(query.limit)
        .offset(offsetOf(query)),
      this.database.select({ count: count() }).from(auditEntries).where(condition),
    ]);
    return { items: await this.withParts(rows), total: counted?.count ?? 0 };
  }

  /** The entries below a number, or the newest ones. */
  async findBefore(
    guildId: Snowflake | null,
    filter: AuditFilter,
    { before, limit }: { before: number | null; limit: number },
  ): Promise<AuditEntry[]> {
    const rows = await this.database
      .select()
      .from(auditEntries)
      .where(and(isOf(guildId), this.matches(filter), before === null ? undefined : lt(auditEntries.seq, before)))
      .orderBy(NEWEST_FIRST)
      .limit(limit);
    return this.withParts(rows);
  }

  private matches({ action, origin, actorId, targetId, from, to }: AuditFilter): SQL | undefined {
    return and(
      action ? eq(auditEntries.action, action) : undefined,
      origin ? eq(auditEntries.origin, origin) : undefined,
      from ? gte(auditEntries.at, new Date(from)) : undefined,
      to ? lte(auditEntries.at, new Date(to)) : undefined,
      actorId ? this.hasPart('actor', or(isPerson(actorId), bodyHas('apiKeyId', actorId))) : undefined,
      targetId ? this.hasPart('target', or(isPerson(targetId), bodyHas('id', targetId))) : undefined,
    );
  }

  private hasPart(part: 'actor' | 'target', condition: SQL | undefined): SQL {
    return exists(
      this.database
        .select({ one: sql`1` })
        .from(auditParts)
        .where(and(sql`audit_parts.entry_id = audit_entries.id`, eq(auditParts.part, part), condition)),
    );
  }

  private async withParts(rows: readonly (typeof auditEntries.$inferSelect)[]): Promise<AuditEntry[]> {
    if (rows.length === 0) return [];
    const ids = rows.map(({ id }) => id);
    const parts = await this.database.select().from(auditParts).where(inArray(auditParts.entryId, ids));
    const byEntry = Map.groupBy(parts, ({ entryId }) => entryId);
    return rows.map((row) => {
      const bodies = Object.fromEntries((byEntry.get(row.id) ?? []).map(({ part, body }) => [part, body]));
      return auditEntryOf(row, row.at, bodies);
    });
  }
}

function isOf(guildId: Snowflake | null): SQL {
  return eq(sql`coalesce(${auditEntries.guildId}, 0)`, guildId ?? '0');
}

function bodyHas(field: string, value: string): SQL {
  return sql`${auditParts.body} ->> ${field} = ${value}`;
}

/** An account's id or a Discord id. */
function isPerson(id: string): SQL | undefined {
  const [accountId, discordId] = [z.uuid().safeParse(id), snowflakeSchema.safeParse(id)];
  if (accountId.success) return eq(auditParts.accountId, accountId.data);
  return discordId.success ? eq(auditParts.discordId, discordId.data) : undefined;
}
