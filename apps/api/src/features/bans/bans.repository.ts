import type { Ban, PageQuery, Snowflake } from '@guildhall/contracts';
import { type Database, schema } from '@guildhall/database';
import { Inject, Injectable } from '@nestjs/common';
import { and, asc, count, eq, isNull, type SQL, sql } from 'drizzle-orm';
import { DATABASE } from '../../platform/database/database.module.js';
import { offsetOf, type PageContent } from '../../platform/lists/page.rules.js';
import { banOf } from './ban-rows.rules.js';

const { bans, discordUsers } = schema;

/** Reads of bans; lifted ones are never among them. */
@Injectable()
export class BansRepository {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  /** The bans of a guild, the latest first; those that were found rather than seen are last. */
  async findPage(guildId: Snowflake, query: PageQuery): Promise<PageContent<Ban>> {
    const condition = isActive(guildId);
    const [items, [counted]] = await Promise.all([
      this.joined(condition)
        .orderBy(sql`${bans.bannedAt} desc nulls last`, asc(bans.userId))
        .limit(query.limit)
        .offset(offsetOf(query)),
      this.database.select({ count: count() }).from(bans).where(condition),
    ]);
    return { items: items.map(banOf), total: counted?.count ?? 0 };
  }

  /** The ban of one person; null when there is none. */
  async find(guildId: Snowflake, userId: Snowflake): Promise<Ban | null> {
    const [row] = await this.joined(and(isActive(guildId), eq(bans.userId, userId)));
    return row ? banOf(row) : null;
  }

  private joined(condition: SQL | undefined) {
    return this.database
      .select({ ban: bans, user: discordUsers })
      .from(bans)
      .innerJoin(discordUsers, eq(discordUsers.id, bans.userId))
      .where(condition);
  }
}

function isActive(guildId: Snowflake): SQL | undefined {
  return and(eq(bans.guildId, guildId), isNull(bans.liftedAt));
}
