import { MAX_REALTIME_ITEMS, type Member, type Snowflake } from '@guildhall/contracts';
import { schema, type Transaction } from '@guildhall/database';
import { Injectable } from '@nestjs/common';
import { and, arrayContains, eq, isNull, sql } from 'drizzle-orm';
import { unnest } from '../../platform/database/unnest.js';
import { memberOf } from './member-rows.rules.js';

const { discordUsers, members } = schema;

/** A member of a guild, as told by one event. */
export interface GuildMember {
  guildId: Snowflake;
  member: Member;
}

export interface MemberDeparture {
  guildId: Snowflake;
  userId: Snowflake;
  leftAt: string;
}

@Injectable()
export class MembersIngestRepository {
  /**
   * Writes members, each one once; all of them are in their guild now. Where the row is new, or the person had left, the
   * member belongs to no list (`sync_id`), and a list that is still being read cannot take them for gone.
   * @returns those who were not in their guild before, as `<guildId> <userId>`
   */
  async upsert(transaction: Transaction, rows: readonly GuildMember[]): Promise<Set<string>> {
    const arrivals = await transaction.execute<{ guild_id: string; user_id: string }>(sql`
      with reported as (
        select * from ${unnestMembers(rows)} as r (guild_id, user_id, nickname, avatar, role_ids, joined_at, timeout_until)
      ), present as (
        select guild_id, user_id from ${members} where left_at is null and (guild_id, user_id) in (
          select guild_id, user_id from reported)
      ), written as (
        insert into ${members} as known (guild_id, user_id, nickname, avatar, role_ids, joined_at, timeout_until)
        select guild_id, user_id, nickname, avatar, role_ids::bigint[], joined_at, timeout_until from reported
        on conflict (guild_id, user_id) do update set
          nickname = excluded.nickname, avatar = excluded.avatar, role_ids = excluded.role_ids,
          joined_at = excluded.joined_at, timeout_until = excluded.timeout_until, left_at = null,
          sync_id = case when known.left_at is null then known.sync_id end, updated_at = now()
      )
      select guild_id, user_id from reported except select guild_id, user_id from present`);
    return new Set(arrivals.rows.map(({ guild_id, user_id }) => `${guild_id} ${user_id}`));
  }

  /** Writes one part of a guild's member list and marks its members with the part's name. */
  async upsertListed(transaction: Transaction, rows: readonly GuildMember[], partName: string): Promise<void> {
    if (rows.length === 0) return;
    await transaction.execute(sql`
      insert into ${members} (guild_id, user_id, nickname, avatar, role_ids, joined_at, timeout_until, sync_id)
      select guild_id, user_id, nickname, avatar, role_ids::bigint[], joined_at, timeout_until, ${partName}
      from ${unnestMembers(rows)} as r (guild_id, user_id, nickname, avatar, role_ids, joined_at, timeout_until)
      on conflict (guild_id, user_id) do update set
        nickname = excluded.nickname, avatar = excluded.avatar, role_ids = excluded.role_ids,
        joined_at = excluded.joined_at, timeout_until = excluded.timeout_until, left_at = null,
        sync_id = excluded.sync_id, updated_at = now()`);
  }

  /** Notes departures. @returns the ids of those who were there, as `<guildId> <userId>` */
  async leave(transaction: Transaction, departures: readonly MemberDeparture[]): Promise<Set<string>> {
    const left = await transaction.execute<{ guild_id: string; user_id: string }>(sql`
      update ${members} as known set left_at = gone.left_at, updated_at = now()
      from ${unnest(departures, [
        ['bigint', ({ guildId }) => guildId],
        ['bigint', ({ userId }) => userId],
        ['timestamptz', ({ leftAt }) => leftAt],
      ])} as gone (guild_id, user_id, left_at)
      where known.guild_id = gone.guild_id and known.user_id = gone.user_id and known.left_at is null
      returning known.guild_id, known.user_id`);
    return new Set(left.rows.map(({ guild_id, user_id }) => `${guild_id} ${user_id}`));
  }

  /**
   * Takes a deleted role away from everybody who had it.
   * @returns those members, one more than a realtime emission carries at most
   */
  async removeRole(transaction: Transaction, guildId: Snowflake, roleId: Snowflake): Promise<Member[]> {
    const hasRole = and(eq(members.guildId, guildId), arrayContains(members.roleIds, [roleId]));
    const affected = await transaction
      .select({ member: members, user: discordUsers })
      .from(members)
      .innerJoin(discordUsers, eq(discordUsers.id, members.userId))
      .where(and(hasRole, isNull(members.leftAt)))
      .limit(MAX_REALTIME_ITEMS + 1);
    await transaction
      .update(members)
      .set({ roleIds: sql`array_remove(${members.roleIds}, ${roleId}::bigint)` })
      .where(hasRole);
    return affected.map((row) => {
      const member = memberOf(row);
      return { ...member, roleIds: member.roleIds.filter((id) => id !== roleId) };
    });
  }
}

/** `bigint[]` cannot be nested in an array of arrays of different lengths, so that roles travel as `{1,2}`. */
function unnestMembers(rows: readonly GuildMember[]) {
  return unnest(rows, [
    ['bigint', ({ guildId }) => guildId],
    ['bigint', ({ member }) => member.user.id],
    ['text', ({ member }) => member.nickname],
    ['text', ({ member }) => member.avatar],
    ['text', ({ member }) => `{${member.roleIds.join(',')}}`],
    ['timestamptz', ({ member }) => member.joinedAt],
    ['timestamptz', ({ member }) => member.timeoutUntil],
  ]);
}
