import { type Database, schema, type Transaction } from '@guildhall/database';
import { Inject, Injectable } from '@nestjs/common';
import { and, asc, eq, ne, or, type SQL, sql } from 'drizzle-orm';
import { DATABASE } from '../database/database.module.js';
import { namesPerson } from '../privacy/names-person.js';
import type { Person } from '../privacy/personal-data.js';
import type { PartPlace } from './erased-parts.rules.js';

const { auditEntries, auditParts } = schema;

@Injectable()
export class AuditErasureRepository {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  /** Deletes parts with their salts. What accounts for earlier erasures names nobody, and stays. */
  async erase(transaction: Transaction, person: Person): Promise<PartPlace[]> {
    const { rows } = await transaction.execute<{
      guild_id: PartPlace['guildId'];
      seq: string;
      part: PartPlace['part'];
    }>(sql`
      delete from audit_parts using audit_entries
      where audit_entries.id = audit_parts.entry_id and audit_entries.action <> 'account.erased'
        and ${concerns(person)}
      returning audit_entries.guild_id, audit_entries.seq, audit_parts.part`);
    return rows.map(({ guild_id: guildId, seq, part }) => ({ guildId, seq: Number(seq), part }));
  }

  async *find(person: Person): AsyncGenerator<unknown> {
    const rows = await this.database
      .select({
        guildId: auditEntries.guildId,
        at: auditEntries.at,
        action: auditEntries.action,
        origin: auditEntries.origin,
        targetType: auditEntries.targetType,
        part: auditParts.part,
        body: auditParts.body,
      })
      .from(auditParts)
      .innerJoin(auditEntries, eq(auditEntries.id, auditParts.entryId))
      .where(and(ne(auditEntries.action, 'account.erased'), concerns(person)))
      .orderBy(asc(auditEntries.at));
    yield* rows;
  }
}

function concerns(person: Person): SQL | undefined {
  return or(
    eq(auditParts.accountId, person.accountId),
    person.discordId === null ? undefined : eq(auditParts.discordId, person.discordId),
    namesPerson(sql`${auditParts.body}::text`, person),
  );
}
