import type { Snowflake } from '@guildhall/contracts';
import { type Database, schema } from '@guildhall/database';
import { Inject, Injectable } from '@nestjs/common';
import { count, eq, inArray, max, sql } from 'drizzle-orm';
import { DATABASE } from '../../platform/database/database.module.js';

const { guilds, lanes, setAsideEvents } = schema;

@Injectable()
export class GatewayRepository {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  /** The bot that serves a guild; null for a guild that is not known. */
  async botOf(guildId: Snowflake): Promise<string | null> {
    const [row] = await this.database.select({ botId: guilds.botId }).from(guilds).where(eq(guilds.id, guildId));
    return row?.botId ?? null;
  }

  /** When an event of each of these bots was last stored. */
  async lastStoredAt(botIds: readonly string[]): Promise<Map<string, Date>> {
    const rows = await this.database
      .select({ botId: lanes.botId, at: max(lanes.updatedAt) })
      .from(lanes)
      .where(inArray(lanes.botId, [...botIds]))
      .groupBy(lanes.botId);
    return new Map(rows.flatMap(({ botId, at }) => (at ? [[botId, at]] : [])));
  }

  /** Events that could not be stored and wait for an operator. */
  async countSetAside(): Promise<number> {
    const [row] = await this.database.select({ count: count() }).from(setAsideEvents);
    return row?.count ?? 0;
  }

  /** How long the database takes for the smallest question, in milliseconds. */
  async measureLatencyMs(): Promise<number> {
    const startedAtMs = performance.now();
    await this.database.execute(sql`select 1`);
    return performance.now() - startedAtMs;
  }
}
