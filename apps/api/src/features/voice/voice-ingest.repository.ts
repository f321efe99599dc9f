import type { Snowflake, VoiceState } from '@guildhall/contracts';
import { schema, type Transaction } from '@guildhall/database';
import { Injectable } from '@nestjs/common';
import { sql } from 'drizzle-orm';
import { idArray, unnest } from '../../platform/database/unnest.js';

const { voiceStates } = schema;

/** Somebody's place in the voice channels of a guild, as told at an instant. */
export interface ReportedVoiceState extends VoiceState {
  guildId: Snowflake;
  reportedAt: string;
}

@Injectable()
export class VoiceIngestRepository {
  /**
   * Merges voice states, each person of a guild once; an older one changes nothing. Who left keeps a row without a
   * channel, so that an older fact cannot put them back.
   * @returns those that were written
   */
  async report(transaction: Transaction, rows: readonly ReportedVoiceState[]): Promise<ReportedVoiceState[]> {
    if (rows.length === 0) return [];
    const written = await transaction.execute<{ guild_id: Snowflake; user_id: Snowflake }>(sql`
      insert into ${voiceStates} as known
        (guild_id, user_id, channel_id, is_muted, is_deafened, is_streaming, reported_at, since)
      select r.*, r.reported_at from ${unnest(rows, [
        ['bigint', ({ guildId }) => guildId],
        ['bigint', ({ userId }) => userId],
        ['bigint', ({ channelId }) => channelId],
        ['boolean', ({ isMuted }) => isMuted],
        ['boolean', ({ isDeafened }) => isDeafened],
        ['boolean', ({ isStreaming }) => isStreaming],
        ['timestamptz', ({ reportedAt }) => reportedAt],
      ])} as r (guild_id, user_id, channel_id, is_muted, is_deafened, is_streaming, reported_at)
      on conflict (guild_id, user_id) do update set
        channel_id = excluded.channel_id, is_muted = excluded.is_muted, is_deafened = excluded.is_deafened,
        is_streaming = excluded.is_streaming, reported_at = excluded.reported_at,
        since = case when known.channel_id = excluded.channel_id then known.since else excluded.since end
      where excluded.reported_at >= known.reported_at
      returning guild_id, user_id`);
    const keys = new Set(written.rows.map((row) => `${row.guild_id} ${row.user_id}`));
    return rows.filter(({ guildId, userId }) => keys.has(`${guildId} ${userId}`));
  }

  /** Whoever is not named is in no voice channel. @returns those who were */
  async clearUnnamed(
    transaction: Transaction,
    guildId: Snowflake,
    { namedIds, reportedAt }: { namedIds: readonly Snowflake[]; reportedAt: string },
  ): Promise<Snowflake[]> {
    const { rows } = await transaction.execute<{ user_id: Snowflake }>(sql`
      update ${voiceStates} set channel_id = null, is_muted = false, is_deafened = false, is_streaming = false,
        since = ${reportedAt}::timestamptz, reported_at = ${reportedAt}::timestamptz
      where guild_id = ${guildId} and channel_id is not null and reported_at <= ${reportedAt}::timestamptz
        and user_id <> all(${idArray(namedIds)})
      returning user_id`);
    return rows.map(({ user_id: userId }) => userId);
  }
}
