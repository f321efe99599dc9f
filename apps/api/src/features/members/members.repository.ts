import type { Member, MemberListQuery, Snowflake } from '@guildhall/contracts';
import { snowflakeSchema } from '@guildhall/contracts';
import { type Database, schema } from '@guildhall/database';
import { Inject, Injectable } from '@nestjs/common';
import { and, arrayContains, asc, count, eq, gte, ilike, isNull, or, type SQL, sql } from 'drizzle-orm';
import { DATABASE } from '../../platform/database/database.module.js';
import { sortOrder } from '../../platform/lists/sort-order.js';
import { offsetOf, type PageContent } from '../../platform/lists/page.rules.js';
import { memberOf } from './member-rows.rules.js';

const { discordUsers, members } = schema;

const shownName = sql`lower(coalesce(${members.nickname}, ${discordUsers.globalName}, ${discordUsers.username}))`;

const sortColumns = { name: shownName, joinedAt: members.joinedAt };

const latestFirst = sortOrder([{ field: 'joinedAt', isDescending: true }], sortColumns);

/** Reads of members; people who left are never among them. */
@Injectable()
export class MembersRepository {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  async findPage(guildId: Snowflake, query: MemberListQuery): Promise<PageContent<Member>> {
    const condition = and(
      isPresent(guildId),
      query.roleId ? arrayContains(members.roleIds, [query.roleId]) : undefined,
      query.q ? matches(query.q) : undefined,
    );
    const [items, total] = await Promise.all([
      this.joined(condition)
        .orderBy(...sortOrder(query.sort, sortColumns), asc(members.userId))
        .limit(query.limit)
        .offset(offsetOf(query)),
      this.count(condition),
    ]);
    return { items: items.map(memberOf), total };
  }

  async find(guildId: Snowflake, userId: Snowflake): Promise<Member | null> {
    const [row] = await this.joined(and(isPresent(guildId), eq(members.userId, userId)));
    return row ? memberOf(row) : null;
  }

  async latestJoins(guildId: Snowflake, limit: number): Promise<Member[]> {
    const rows = await this.joined(isPresent(guildId))
      .orderBy(...latestFirst)
      .limit(limit);
    return rows.map(memberOf);
  }

  async countPresent(guildId: Snowflake): Promise<number> {
    return this.count(isPresent(guildId));
  }

  async countJoinsSince(guildId: Snowflake, instant: Date): Promise<number> {
    return this.count(and(isPresent(guildId), gte(members.joinedAt, instant)));
  }

  private joined(condition: SQL | undefined) {
    return this.database
      .select({ member: members, user: discordUsers })
      .from(members)
      .innerJoin(discordUsers, eq(discordUsers.id, members.userId))
      .where(condition);
  }

  private async count(condition: SQL | undefined): Promise<number> {
    const [row] = await this.database
      .select({ count: count() })
      .from(members)
      .innerJoin(discordUsers, eq(discordUsers.id, members.userId))
      .where(condition);
    return row?.count ?? 0;
  }
}

function isPresent(guildId: Snowflake): SQL | undefined {
  return and(eq(members.guildId, guildId), isNull(members.leftAt));
}

/** Part of any of the names, or the whole id. */
function matches(text: string): SQL | undefined {
  const pattern = `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  const id = snowflakeSchema.safeParse(text);
  return or(
    ilike(discordUsers.username, pattern),
    ilike(discordUsers.globalName, pattern),
    ilike(members.nickname, pattern),
    id.success ? eq(members.userId, id.data) : undefined,
  );
}
