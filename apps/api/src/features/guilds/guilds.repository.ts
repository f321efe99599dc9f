import type { Snowflake } from '@guildhall/contracts';
import { type Database, schema } from '@guildhall/database';
import { Inject, Injectable } from '@nestjs/common';
import { and, asc, count, eq, inArray, isNull, sql } from 'drizzle-orm';
import { DATABASE } from '../../platform/database/database.module.js';

const { channels, guilds, roles } = schema;

/** A guild's row with how many members are known to be there. */
export type GuildRow = typeof guilds.$inferSelect & { presentMembers: number };

/** Names are written out: Drizzle leaves the table's name away where a statement has one table. */
const presentMembers = sql<number>`(
  select count(*)::int from members as present where present.guild_id = guilds.id and present.left_at is null
)`;

@Injectable()
export class GuildsRepository {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  /** These guilds, by name. */
  async findAll(guildIds: Snowflake[]): Promise<GuildRow[]> {
    const rows = await this.database
      .select({ guild: guilds, presentMembers })
      .from(guilds)
      .where(inArray(guilds.id, guildIds))
      .orderBy(asc(sql`lower(${guilds.name})`), asc(guilds.id));
    return rows.map(({ guild, ...counts }) => ({ ...guild, ...counts }));
  }

  async find(guildId: Snowflake): Promise<GuildRow | null> {
    const [row] = await this.database
      .select({ guild: guilds, presentMembers })
      .from(guilds)
      .where(eq(guilds.id, guildId));
    return row ? { ...row.guild, presentMembers: row.presentMembers } : null;
  }

  /** How many channels and roles a guild has. */
  async countParts(guildId: Snowflake): Promise<{ channelCount: number; roleCount: number }> {
    const [[channelRow], [roleRow]] = await Promise.all([
      this.database
        .select({ count: count() })
        .from(channels)
        .where(and(eq(channels.guildId, guildId), isNull(channels.deletedAt))),
      this.database
        .select({ count: count() })
        .from(roles)
        .where(and(eq(roles.guildId, guildId), isNull(roles.deletedAt))),
    ]);
    return { channelCount: channelRow?.count ?? 0, roleCount: roleRow?.count ?? 0 };
  }
}
