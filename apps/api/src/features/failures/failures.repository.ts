import type { FailedActionQuery, FailedActionState, Snowflake } from '@guildhall/contracts';
import { type Database, schema, type Transaction } from '@guildhall/database';
import { Inject, Injectable } from '@nestjs/common';
import { and, count, desc, eq, isNull, type SQL } from 'drizzle-orm';
import { DATABASE } from '../../platform/database/database.module.js';
import { newId } from '../../platform/ids.js';
import type { FailedJob } from '../../platform/jobs/jobs.js';
import { offsetOf, type PageContent } from '../../platform/lists/page.rules.js';

const { failedActions, guilds } = schema;

/** A failed action with all that its repetition needs. */
export interface FailedActionRow {
  id: string;
  guildId: Snowflake | null;
  queue: string;
  payload: unknown;
  reasonCode: string | null;
  reason: string;
  attempts: number;
  state: FailedActionState;
  failedAt: Date;
  settledAt: Date | null;
  version: number;
}

export interface Settlement {
  state: Exclude<FailedActionState, 'open'>;
  settledAt: Date;
  /** Null for an automation. */
  settledBy: string | null;
}

const columns = {
  id: failedActions.id,
  guildId: failedActions.guildId,
  queue: failedActions.queue,
  payload: failedActions.payload,
  reasonCode: failedActions.reasonCode,
  reason: failedActions.reason,
  attempts: failedActions.attempts,
  state: failedActions.state,
  failedAt: failedActions.failedAt,
  settledAt: failedActions.settledAt,
  version: failedActions.version,
};

@Injectable()
export class FailuresRepository {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  /** Notes a job that failed for good; null when that is known already. */
  async add(transaction: Transaction, { discordCode, ...job }: FailedJob): Promise<FailedActionRow | null> {
    const reason = discordCode === null ? job.reason : `${job.reason} (Discord ${discordCode})`;
    const [row] = await transaction
      .insert(failedActions)
      .values({ id: newId(), ...job, reason })
      .onConflictDoNothing({ target: [failedActions.jobId, failedActions.failedAt] })
      .returning(columns);
    return row ?? null;
  }

  async findPage(guildId: Snowflake | null, query: FailedActionQuery): Promise<PageContent<FailedActionRow>> {
    const condition = and(isOf(guildId), query.state ? eq(failedActions.state, query.state) : undefined);
    const [items, [counted]] = await Promise.all([
      this.database
        .select(columns)
        .from(failedActions)
        .where(condition)
        .orderBy(desc(failedActions.failedAt), desc(failedActions.id))
        .limit(query.limit)
        .offset(offsetOf(query)),
      this.database.select({ count: count() }).from(failedActions).where(condition),
    ]);
    return { items, total: counted?.count ?? 0 };
  }

  /** One failed action of a guild or, with null, of the instance; locked until the transaction ends. */
  async lock(transaction: Transaction, guildId: Snowflake | null, id: string): Promise<FailedActionRow | null> {
    const [row] = await transaction
      .select(columns)
      .from(failedActions)
      .where(and(isOf(guildId), eq(failedActions.id, id)))
      .for('update');
    return row ?? null;
  }

  async settle(transaction: Transaction, row: FailedActionRow, settlement: Settlement): Promise<FailedActionRow> {
    const version = row.version + 1;
    await transaction
      .update(failedActions)
      .set({ ...settlement, version })
      .where(eq(failedActions.id, row.id));
    return { ...row, ...settlement, version };
  }

  /** Whether a guild is still there; jobs outlive it. */
  async hasGuild(transaction: Transaction, guildId: Snowflake): Promise<boolean> {
    const rows = await transaction.select({ id: guilds.id }).from(guilds).where(eq(guilds.id, guildId));
    return rows.length > 0;
  }

  async purge(guildId: Snowflake): Promise<void> {
    await this.database.delete(failedActions).where(eq(failedActions.guildId, guildId));
  }
}

function isOf(guildId: Snowflake | null): SQL {
  return guildId === null ? isNull(failedActions.guildId) : eq(failedActions.guildId, guildId);
}
