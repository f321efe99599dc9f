import type { AutomodExecution, Snowflake } from '@guildhall/contracts';
import { schema, type Transaction } from '@guildhall/database';
import { Injectable } from '@nestjs/common';

const { automodExecutions } = schema;

/** What AutoMod did in a guild; the dispatch has no id, so it has that of the bot's event. */
export interface GuildAutomodExecution extends AutomodExecution {
  id: string;
  guildId: Snowflake;
  at: Date;
}

@Injectable()
export class AutomodIngestRepository {
  /** Keeps executions, each one once. */
  async keep(transaction: Transaction, executions: readonly GuildAutomodExecution[]): Promise<void> {
    if (executions.length === 0) return;
    await transaction
      .insert(automodExecutions)
      .values([...executions])
      .onConflictDoNothing();
  }
}
