import { type Batch, snowflakeSchema } from '@guildhall/contracts';
import { schema, type Transaction } from '@guildhall/database';
import { Injectable } from '@nestjs/common';
import { newId } from '../ids.js';
import type { RefusedEvent } from './read-batch.rules.js';
import { storableJson, storableText } from './storable-json.rules.js';

const { setAsideEvents } = schema;

const MAX_REASON_LENGTH = 2_000;

@Injectable()
export class SetAsideRepository {
  /** Keeps events that could not be stored, whole and with the reason, where an operator finds them. */
  async keep(
    transaction: Transaction,
    { outboxId, lane }: Pick<Batch, 'outboxId' | 'lane'>,
    events: readonly RefusedEvent[],
  ): Promise<void> {
    if (events.length === 0) return;
    await transaction.insert(setAsideEvents).values(
      events.map(({ seq, body, reason }) => ({
        id: newId(),
        outboxId,
        lane,
        seq,
        ...labelsOf(body),
        body: storableJson(body) ?? {},
        reason: storableText(reason.slice(0, MAX_REASON_LENGTH)),
      })),
    );
  }
}

/** What can be told of an event that may be anything. */
function labelsOf(body: unknown) {
  const { guildId, type } = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  const guild = snowflakeSchema.safeParse(guildId);
  return {
    guildId: guild.success ? guild.data : null,
    type: typeof type === 'string' ? storableText(type.slice(0, 50)) : null,
  };
}
