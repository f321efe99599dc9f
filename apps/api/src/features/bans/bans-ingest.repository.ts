import type { Ban, PeopleRange, Snowflake } from '@guildhall/contracts';
import { schema, type Transaction } from '@guildhall/database';
import { Injectable } from '@nestjs/common';
import { eq, sql, type SQL } from 'drizzle-orm';
import { idArray, unnest } from '../../platform/database/unnest.js';
import type { BanFact } from './ban-facts.rules.js';
import { banOf } from './ban-rows.rules.js';

const { bans, discordUsers } = schema;

/** `MEMBER_BAN_ADD`. @see https://discord.com/developers/docs/resources/audit-log#audit-log-entry-object-audit-log-events */
const BAN_ENTRY = 22;

/** An entry of Discord's audit log and the ban it tells about are this near to each other. */
const ENTRY_DISTANCE = '1 minute';

/** Somebody in a guild. */
export interface BannedPerson {
  guildId: Snowflake;
  userId: Snowflake;
}

/** A part of a ban list that names these people and nobody else. */
export interface BanRange extends PeopleRange {
  guildId: Snowflake;
  namedIds: readonly Snowflake[];
  readAt: string;
}

/** The instant that a snowflake carries. @see https://discord.com/developers/docs/reference#snowflakes */
const entryInstant = sql`to_timestamp(((entry.id >> 22) + 1420070400000) / 1000.0)`;

@Injectable()
export class BansIngestRepository {
  /**
   * Merges facts, each person of a guild once; their accounts must be known. A fact that is older than what is known
   * changes nothing.
   * @returns those who are banned now and were not, or otherwise than was known, and those who were and are not
   */
  async report(
    transaction: Transaction,
    facts: readonly BanFact[],
  ): Promise<{ banned: BannedPerson[]; lifted: BannedPerson[] }> {
    if (facts.length === 0) return { banned: [], lifted: [] };
    const { rows } = await transaction.execute<ChangedRow>(sql`
      with reported as (
        select * from ${unnestFacts(facts)} as r (guild_id, user_id, is_banned, reason, is_seen, reported_at)
      ), before as (
        select known.guild_id, known.user_id, known.lifted_at is null as was_banned, known.reason, known.banned_at
        from ${bans} as known join reported using (guild_id, user_id)
      ), written as (
        insert into ${bans} as known (guild_id, user_id, reason, banned_at, lifted_at, reported_at)
        select guild_id, user_id, reason, case when is_seen then reported_at end,
          case when not is_banned then reported_at end, reported_at from reported
        on conflict (guild_id, user_id) do update set
          reason = case when known.lifted_at is null then coalesce(excluded.reason, known.reason)
            else excluded.reason end,
          banned_at = case when known.lifted_at is null then coalesce(known.banned_at, excluded.banned_at)
            else excluded.banned_at end,
          lifted_at = excluded.lifted_at, reported_at = excluded.reported_at
        where excluded.reported_at >= known.reported_at
        returning guild_id, user_id, lifted_at is null as is_banned, reason, banned_at
      )
      select guild_id, user_id, is_banned from written left join before using (guild_id, user_id)
      where is_banned is distinct from coalesce(was_banned, false) or (
        is_banned and (written.reason, written.banned_at) is distinct from (before.reason, before.banned_at))`);
    const changed = rows.map((row) => ({ guildId: row.guild_id, userId: row.user_id, isBanned: row.is_banned }));
    return { banned: changed.filter(({ isBanned }) => isBanned), lifted: changed.filter(({ isBanned }) => !isBanned) };
  }

  /** Lifts the bans in a part of the list that does not name them. @returns whose were lifted */
  async liftUnnamed(transaction: Transaction, range: BanRange): Promise<BannedPerson[]> {
    const { guildId, after, through, namedIds, readAt } = range;
    const { rows } = await transaction.execute<{ user_id: Snowflake }>(sql`
      update ${bans} set lifted_at = ${readAt}::timestamptz, reported_at = ${readAt}::timestamptz
      where guild_id = ${guildId} and lifted_at is null and reported_at < ${readAt}::timestamptz
        and user_id > ${after} and (${through}::bigint is null or user_id <= ${through}::bigint)
        and user_id <> all(${idArray(namedIds)})
      returning user_id`);
    return rows.map(({ user_id: userId }) => ({ guildId, userId }));
  }

  /**
   * Gives bans the reason that Discord's audit log holds for them; the dispatch of a ban has none.
   * @returns those whose reason was found
   */
  async explain(transaction: Transaction, people: readonly BannedPerson[]): Promise<BannedPerson[]> {
    if (people.length === 0) return [];
    const { rows } = await transaction.execute<{ guild_id: Snowflake; user_id: Snowflake }>(sql`
      update ${bans} as ban set reason = entry.reason
      from ${unnestPeople(people)} as person (guild_id, user_id), discord_audit_entries as entry
      where ban.guild_id = person.guild_id and ban.user_id = person.user_id
        and ban.lifted_at is null and ban.reason is null
        and entry.guild_id = ban.guild_id and entry.target_id = ban.user_id::text and entry.reason is not null
        and entry.action_type = ${BAN_ENTRY}
        and ${entryInstant} between ban.banned_at - ${ENTRY_DISTANCE}::interval and ban.banned_at + ${ENTRY_DISTANCE}::interval
      returning ban.guild_id, ban.user_id`);
    return rows.map((row) => ({ guildId: row.guild_id, userId: row.user_id }));
  }

  /** The bans of these people, as a fetch tells them. */
  async read(transaction: Transaction, people: readonly BannedPerson[]): Promise<{ guildId: Snowflake; ban: Ban }[]> {
    if (people.length === 0) return [];
    const rows = await transaction
      .select({ ban: bans, user: discordUsers })
      .from(bans)
      .innerJoin(discordUsers, eq(discordUsers.id, bans.userId))
      .where(sql`(bans.guild_id, bans.user_id) in (select * from ${unnestPeople(people)})`);
    return rows.map((row) => ({ guildId: row.ban.guildId, ban: banOf(row) }));
  }
}

type ChangedRow = Record<string, unknown> & { guild_id: Snowflake; user_id: Snowflake; is_banned: boolean };

function unnestFacts(facts: readonly BanFact[]): SQL {
  return unnest(facts, [
    ['bigint', ({ guildId }) => guildId],
    ['bigint', ({ user }) => user.id],
    ['boolean', ({ isBanned }) => isBanned],
    ['text', ({ reason }) => reason],
    ['boolean', ({ isSeen }) => isSeen],
    ['timestamptz', ({ reportedAt }) => reportedAt],
  ]);
}

function unnestPeople(people: readonly BannedPerson[]): SQL {
  return unnest(people, [
    ['bigint', ({ guildId }) => guildId],
    ['bigint', ({ userId }) => userId],
  ]);
}
