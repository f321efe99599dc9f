import type { Invite, Snowflake } from '@guildhall/contracts';
import { schema, type Transaction } from '@guildhall/database';
import { Injectable } from '@nestjs/common';
import { sql } from 'drizzle-orm';
import { unnest } from '../../platform/database/unnest.js';

const { invites } = schema;

/** An invite to a guild, as told by one event. */
export interface GuildInvite extends Invite {
  guildId: Snowflake;
}

export interface InviteDeletion {
  guildId: Snowflake;
  code: string;
  channelId: Snowflake;
  deletedAt: string;
}

@Injectable()
export class InvitesIngestRepository {
  /** Writes invites, each code once; one that was deleted learns its facts and stays deleted. */
  async upsert(transaction: Transaction, rows: readonly GuildInvite[]): Promise<void> {
    await transaction.execute(sql`
      insert into ${invites} as known
        (code, guild_id, channel_id, inviter_id, max_uses, max_age_seconds, is_temporary, created_at)
      select * from ${unnest(rows, [
        ['text', ({ code }) => code],
        ['bigint', ({ guildId }) => guildId],
        ['bigint', ({ channelId }) => channelId],
        ['bigint', ({ inviterId }) => inviterId],
        ['int', ({ maxUses }) => maxUses],
        ['int', ({ maxAgeSeconds }) => maxAgeSeconds],
        ['boolean', ({ isTemporary }) => isTemporary],
        ['timestamptz', ({ createdAt }) => createdAt],
      ])}
      on conflict (code) do update set
        channel_id = excluded.channel_id, inviter_id = excluded.inviter_id, max_uses = excluded.max_uses,
        max_age_seconds = excluded.max_age_seconds, is_temporary = excluded.is_temporary,
        created_at = excluded.created_at
      where known.guild_id = excluded.guild_id`);
  }

  /** Leaves tombstones, each code once, even of invites that were never seen; the earliest deletion counts. */
  async bury(transaction: Transaction, deletions: readonly InviteDeletion[]): Promise<void> {
    await transaction.execute(sql`
      insert into ${invites} as known
        (code, guild_id, channel_id, max_uses, max_age_seconds, is_temporary, created_at, deleted_at)
      select code, guild_id, channel_id, 0, 0, false, deleted_at, deleted_at from ${unnest(deletions, [
        ['text', ({ code }) => code],
        ['bigint', ({ guildId }) => guildId],
        ['bigint', ({ channelId }) => channelId],
        ['timestamptz', ({ deletedAt }) => deletedAt],
      ])} as gone (code, guild_id, channel_id, deleted_at)
      on conflict (code) do update set deleted_at = least(known.deleted_at, excluded.deleted_at)
      where known.guild_id = excluded.guild_id`);
  }
}
