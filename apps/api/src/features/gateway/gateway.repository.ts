import type { Snowflake } from '@guildhall/contracts';
import { type Database, schema } from '@guildhall/database';
import { Inject, Injectable } from '@nestjs/common';
import { eq, sql } from 'drizzle-orm';
import { DATABASE } from '../../platform/database/database.module.js';

const { guilds } = schema;

@Injectable()
export class GatewayRepository {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  /** The bot that serves a guild; null for a guild that is not known. */
  async botOf(guildId: Snowflake): Promise<string | null> {
    const [row] = await this.database.select({ botId: guilds.botId }).from(guilds).where(eq(guilds.id, guildId));
    return row?.botId ?? null;
  }

  /** How long the database takes for the smallest question, in milliseconds. */
  async measureLatencyMs(): Promise<number> {
    const startedAtMs = performance.now();
    await this.database.execute(sql`select 1`);
    return performance.now() - startedAtMs;
  }
}
