import type { PeopleRange, Presence, Snowflake } from '@guildhall/contracts';
import { schema, type Transaction } from '@guildhall/database';
import { Injectable } from '@nestjs/common';
import { sql } from 'drizzle-orm';
import { idArray, unnest } from '../../platform/database/unnest.js';

const { presences } = schema;

/** Somebody's status in a guild, as told at an instant. */
export interface ReportedPresence extends Presence {
  guildId: Snowflake;
  updatedAt: string;
}

/** A part of the list of all who are not offline, which names these people and nobody else. */
export interface PresenceRange extends PeopleRange {
  guildId: Snowflake;
  namedIds: readonly Snowflake[];
  updatedAt: string;
}

@Injectable()
export class PresencesIngestRepository {
  /**
   * Merges statuses, each person of a guild once; an older one changes nothing. Who went offline keeps a row, so that an
   * older fact cannot bring them back.
   * @returns those whose status changed
   */
  async report(transaction: Transaction, rows: readonly ReportedPresence[]): Promise<ReportedPresence[]> {
    if (rows.length === 0) return [];
    const changed = await transaction.execute<{ guild_id: Snowflake; user_id: Snowflake }>(sql`
      with reported as (
        select * from ${unnest(rows, [
          ['bigint', ({ guildId }) => guildId],
          ['bigint', ({ userId }) => userId],
          ['text', ({ status }) => status],
          ['timestamptz', ({ updatedAt }) => updatedAt],
        ])} as r (guild_id, user_id, status, updated_at)
      ), before as (
        select known.guild_id, known.user_id, known.status
        from ${presences} as known join reported using (guild_id, user_id)
      ), written as (
        insert into ${presences} as known (guild_id, user_id, status, updated_at)
        select * from reported
        on conflict (guild_id, user_id) do update set status = excluded.status, updated_at = excluded.updated_at
        where excluded.updated_at >= known.updated_at
        returning guild_id, user_id, status
      )
      select guild_id, user_id from written left join before using (guild_id, user_id)
      where written.status <> coalesce(before.status, 'offline')`);
    const changedKeys = new Set(changed.rows.map((row) => `${row.guild_id} ${row.user_id}`));
    return rows.filter(({ guildId, userId }) => changedKeys.has(`${guildId} ${userId}`));
  }

  /** Whoever a part of the list does not name is offline. @returns those who were not */
  async clearUnnamed(transaction: Transaction, range: PresenceRange): Promise<Snowflake[]> {
    const { guildId, after, through, namedIds, updatedAt } = range;
    const { rows } = await transaction.execute<{ user_id: Snowflake }>(sql`
      update ${presences} set status = 'offline', updated_at = ${updatedAt}::timestamptz
      where guild_id = ${guildId} and status <> 'offline' and updated_at <= ${updatedAt}::timestamptz
        and user_id > ${after} and (${through}::bigint is null or user_id <= ${through}::bigint)
        and user_id <> all(${idArray(namedIds)})
      returning user_id`);
    return rows.map(({ user_id: userId }) => userId);
  }
}
