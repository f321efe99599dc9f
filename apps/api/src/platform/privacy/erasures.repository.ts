import { schema, type Transaction } from '@guildhall/database';
import { Injectable } from '@nestjs/common';
import { count, max } from 'drizzle-orm';

const { erasures } = schema;

export interface ErasureRow {
  discordIdHash: Buffer;
  erasedAt: Date;
}

@Injectable()
export class ErasuresRepository {
  /** Notes an erasure; one of somebody who came back and was erased again takes the place of the earlier one. */
  async put(transaction: Transaction, row: ErasureRow): Promise<void> {
    await transaction
      .insert(erasures)
      .values(row)
      .onConflictDoUpdate({ target: erasures.discordIdHash, set: { erasedAt: row.erasedAt } });
  }

  /** Changes whenever an erasure is noted. */
  async stamp(transaction: Transaction): Promise<string> {
    const [row] = await transaction.select({ count: count(), latest: max(erasures.erasedAt) }).from(erasures);
    return `${row?.count ?? 0} ${row?.latest?.getTime() ?? 0}`;
  }

  async findAll(transaction: Transaction): Promise<ErasureRow[]> {
    return transaction.select().from(erasures);
  }
}
