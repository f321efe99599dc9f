import type { Snowflake, SyncProgress } from '@guildhall/contracts';
import { schema, type Transaction } from '@guildhall/database';
import { Injectable } from '@nestjs/common';
import { eq, sql } from 'drizzle-orm';

const { guilds, members } = schema;

/** Marks a member who was there before a list was begun. It has no slash, so that no list's parts can look like it. */
const KNOWN_BEFORE = '-';

/** Whoever joined this shortly before the first part may be missing in a list that Discord made just before. */
const JOIN_MARGIN = '1 minute';

/** What one part of a list leaves in the rows of its members. */
export function partName(syncId: string, index: number): string {
  return `${syncId}/${index}`;
}

export interface MemberList {
  guildId: Snowflake;
  syncId: string;
  /** How many parts it has. */
  count: number;
}

/** Reads a guild's member list as a whole: begun with its first part, settled with its last one. */
@Injectable()
export class MemberListsRepository {
  /** Marks those the list must name if they are still there; who joins from now on is in no danger. */
  async begin(transaction: Transaction, guildId: Snowflake, begunAt: string): Promise<void> {
    await transaction.execute(sql`
      update ${members} set sync_id = ${KNOWN_BEFORE}
      where guild_id = ${guildId} and sync_id is null and left_at is null
        and (joined_at is null or joined_at < ${begunAt}::timestamptz - ${JOIN_MARGIN}::interval)`);
  }

  /**
   * Lets go whom the list does not name, provided that all its parts were stored; otherwise it proves nothing. Who belongs
   * to no list (`sync_id is null`) joined while it was read, and stays.
   * @returns whether it was whole
   */
  async settle(transaction: Transaction, list: MemberList, settledAt: string): Promise<boolean> {
    if ((await this.storedParts(transaction, list)) !== list.count) return false;
    await transaction.execute(sql`
      update ${members} set left_at = ${settledAt}::timestamptz, updated_at = now()
      where guild_id = ${list.guildId} and left_at is null and not starts_with(sync_id, ${`${list.syncId}/`})`);
    await transaction
      .update(guilds)
      .set({ membersSyncedAt: new Date(settledAt) })
      .where(eq(guilds.id, list.guildId));
    return true;
  }

  /** How many members are known, and how many there should be. */
  async progress(transaction: Transaction, guildId: Snowflake): Promise<SyncProgress> {
    const { rows } = await transaction.execute<{ synced: number; expected: number; is_complete: boolean }>(sql`
      select (select count(*)::int from members where guild_id = ${guildId} and left_at is null) as synced,
        announced_member_count as expected, members_synced_at is not null as is_complete
      from guilds where id = ${guildId}`);
    const [row] = rows;
    return {
      isComplete: row?.is_complete ?? false,
      syncedMembers: row?.synced ?? 0,
      expectedMembers: row?.expected ?? 0,
    };
  }

  /** Each part named at least one member, and no member is named by two. */
  private async storedParts(transaction: Transaction, { guildId, syncId }: MemberList): Promise<number> {
    const { rows } = await transaction.execute<{ parts: number }>(sql`
      select count(distinct sync_id)::int as parts from ${members}
      where guild_id = ${guildId} and starts_with(sync_id, ${`${syncId}/`})`);
    return rows[0]?.parts ?? 0;
  }
}
