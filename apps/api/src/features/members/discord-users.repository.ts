import type { DiscordUser } from '@guildhall/contracts';
import { schema, type Transaction } from '@guildhall/database';
import { Injectable } from '@nestjs/common';
import { sql } from 'drizzle-orm';
import { unnest, type UnnestColumn } from '../../platform/database/unnest.js';

const { discordUsers } = schema;

const COLUMNS: readonly UnnestColumn<DiscordUser>[] = [
  ['bigint', ({ id }) => id],
  ['text', ({ username }) => username],
  ['text', ({ globalName }) => globalName],
  ['text', ({ avatar }) => avatar],
  ['boolean', ({ isBot }) => isBot],
];

@Injectable()
export class DiscordUsersRepository {
  /**
   * Adds the accounts that are not known yet. For authors of messages: what is known of a member follows the member's own
   * events, which Discord sends at each change, and a flood of messages need not touch these rows.
   */
  async addMissing(transaction: Transaction, users: readonly DiscordUser[]): Promise<void> {
    if (users.length === 0) return;
    await transaction.execute(sql`
      insert into ${discordUsers} (id, username, global_name, avatar, is_bot)
      select * from ${unnest(distinct(users), COLUMNS)}
      on conflict (id) do nothing`);
  }

  /** Brings accounts to what was just reported; rows that say so already are not written. */
  async refresh(transaction: Transaction, users: readonly DiscordUser[]): Promise<void> {
    if (users.length === 0) return;
    await transaction.execute(sql`
      insert into ${discordUsers} as known (id, username, global_name, avatar, is_bot)
      select * from ${unnest(distinct(users), COLUMNS)}
      on conflict (id) do update set
        username = excluded.username, global_name = excluded.global_name, avatar = excluded.avatar,
        is_bot = excluded.is_bot, updated_at = now()
      where (known.username, known.global_name, known.avatar, known.is_bot)
        is distinct from (excluded.username, excluded.global_name, excluded.avatar, excluded.is_bot)`);
  }
}

/** Each account once, as reported last, in one order for all: lanes write these rows at the same time. */
function distinct(users: readonly DiscordUser[]): DiscordUser[] {
  const byId = new Map(users.map((user) => [user.id as string, user]));
  return [...byId.keys()].sort().flatMap((id) => byId.get(id) ?? []);
}
