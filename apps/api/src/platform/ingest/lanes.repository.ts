import type { Batch } from '@guildhall/contracts';
import { schema, type Transaction } from '@guildhall/database';
import { Injectable } from '@nestjs/common';
import { and, eq } from 'drizzle-orm';

const { lanes } = schema;

@Injectable()
export class LanesRepository {
  /**
   * Moves the lane's row from `first - 1` to `last`; false when it stands elsewhere. The row stays locked until the end of
   * the transaction: another API with the same batch waits here and then finds that it is too late.
   */
  async advance(transaction: Transaction, batch: Batch, botId: string): Promise<boolean> {
    const { outboxId, lane, first, last } = batch;
    const moved =
      first === 1
        ? await transaction
            .insert(lanes)
            .values({ outboxId, lane, botId, seq: last })
            .onConflictDoNothing()
            .returning({ seq: lanes.seq })
        : await transaction
            .update(lanes)
            .set({ seq: last, botId })
            .where(and(eq(lanes.outboxId, outboxId), eq(lanes.lane, lane), eq(lanes.seq, first - 1)))
            .returning({ seq: lanes.seq });
    return moved.length > 0;
  }

  /** The last sequence number that was stored; 0 for a lane never seen. */
  async position(transaction: Transaction, { outboxId, lane }: Pick<Batch, 'outboxId' | 'lane'>): Promise<number> {
    const [row] = await transaction
      .select({ seq: lanes.seq })
      .from(lanes)
      .where(and(eq(lanes.outboxId, outboxId), eq(lanes.lane, lane)));
    return row?.seq ?? 0;
  }
}
