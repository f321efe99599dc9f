import type { Snowflake } from '@guildhall/contracts';
import { schema, type Transaction } from '@guildhall/database';
import { Injectable } from '@nestjs/common';
import { inArray } from 'drizzle-orm';

const { guilds } = schema;

@Injectable()
export class KnownGuildsRepository {
  /** Which of these guilds have a row; the rows cannot be deleted before the transaction ends. */
  async among(transaction: Transaction, guildIds: ReadonlySet<Snowflake>): Promise<Set<Snowflake>> {
    if (guildIds.size === 0) return new Set();
    const rows = await transaction
      .select({ id: guilds.id })
      .from(guilds)
      .where(inArray(guilds.id, [...guildIds].sort()))
      .orderBy(guilds.id)
      .for('key share');
    return new Set(rows.map(({ id }) => id));
  }
}
