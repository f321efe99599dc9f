import type { Database, Transaction } from '@guildhall/database';
import { Inject, Injectable } from '@nestjs/common';
import { sql } from 'drizzle-orm';
import { DATABASE } from '../../platform/database/database.module.js';
import type { MonthlyPartition } from './message-partitions.rules.js';

/** One process at a time creates partitions. */
const PARTITION_LOCK = 7_402_119;

@Injectable()
export class MessagePartitionsRepository {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  /**
   * Creates a partition unless it exists, or the default partition holds messages of its range already: moving them would
   * lock the table, and the default partition serves them as well.
   * @returns whether it was created
   */
  async create(partition: MonthlyPartition): Promise<boolean> {
    return this.database.transaction(async (transaction) => {
      await transaction.execute(sql`select pg_advisory_xact_lock(${PARTITION_LOCK}::bigint)`);
      if (await this.isTaken(transaction, partition)) return false;
      // Names and bounds cannot be parameters of DDL; both are made of digits here, by `partitionsAround`.
      const { name, from, to } = partition;
      await transaction.execute(
        sql.raw(`create table "${name}" partition of messages for values from (${BigInt(from)}) to (${BigInt(to)})`),
      );
      return true;
    });
  }

  private async isTaken(transaction: Transaction, { name, from, to }: MonthlyPartition): Promise<boolean> {
    const { rows } = await transaction.execute<{ is_taken: boolean }>(sql`
      select to_regclass(${name}) is not null
        or exists (select from messages_default where id >= ${from} and id < ${to}) as is_taken`);
    return rows[0]?.is_taken ?? true;
  }
}
