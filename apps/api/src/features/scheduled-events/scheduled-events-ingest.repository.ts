import type { ScheduledEvent, Snowflake } from '@guildhall/contracts';
import { schema, type Transaction } from '@guildhall/database';
import { Injectable } from '@nestjs/common';
import { sql } from 'drizzle-orm';
import { idArray, unnest, type UnnestColumn } from '../../platform/database/unnest.js';

const { scheduledEvents } = schema;

/** A scheduled event of a guild, as told at an instant. */
export interface ReportedEvent extends ScheduledEvent {
  guildId: Snowflake;
  reportedAt: string;
}

const COLUMNS: readonly UnnestColumn<ReportedEvent>[] = [
  ['bigint', ({ id }) => id],
  ['bigint', ({ guildId }) => guildId],
  ['bigint', ({ channelId }) => channelId],
  ['bigint', ({ creatorId }) => creatorId],
  ['text', ({ name }) => name],
  ['text', ({ description }) => description],
  ['timestamptz', ({ startAt }) => startAt],
  ['timestamptz', ({ endAt }) => endAt],
  ['int', ({ status }) => status],
  ['int', ({ entityType }) => entityType],
  ['text', ({ location }) => location],
  ['timestamptz', ({ reportedAt }) => reportedAt],
];

@Injectable()
export class ScheduledEventsIngestRepository {
  /** Writes events, each one once: the newest fact counts, and one that was deleted stays so. */
  async upsert(transaction: Transaction, rows: readonly ReportedEvent[]): Promise<void> {
    await this.write(transaction, rows);
  }

  /** Writes deleted events, each one once, with what was last told of them; the earliest deletion counts. */
  async bury(transaction: Transaction, rows: readonly ReportedEvent[]): Promise<void> {
    await this.write(transaction, rows);
    await transaction.execute(sql`
      update ${scheduledEvents} as known set deleted_at = least(known.deleted_at, gone.deleted_at)
      from ${unnest(rows, [
        ['bigint', ({ id }) => id],
        ['bigint', ({ guildId }) => guildId],
        ['timestamptz', ({ reportedAt }) => reportedAt],
      ])} as gone (id, guild_id, deleted_at)
      where known.id = gone.id and known.guild_id = gone.guild_id`);
  }

  /** A guild's events are those listed: they exist, and whatever was to come and is not listed does not. */
  async replaceAll(
    transaction: Transaction,
    guildId: Snowflake,
    { listed, reportedAt }: { listed: readonly ReportedEvent[]; reportedAt: string },
  ): Promise<void> {
    const listedIds = idArray(listed.map(({ id }) => id));
    await this.write(transaction, listed);
    await transaction.execute(sql`
      update ${scheduledEvents} set deleted_at = null
      where guild_id = ${guildId} and id = any(${listedIds}) and deleted_at < ${reportedAt}::timestamptz`);
    await transaction.execute(sql`
      update ${scheduledEvents} set deleted_at = ${reportedAt}::timestamptz
      where guild_id = ${guildId} and id <> all(${listedIds}) and deleted_at is null and status in (1, 2)
        and reported_at < ${reportedAt}::timestamptz`);
  }

  private async write(transaction: Transaction, rows: readonly ReportedEvent[]): Promise<void> {
    if (rows.length === 0) return;
    await transaction.execute(sql`
      insert into ${scheduledEvents} as known (id, guild_id, channel_id, creator_id, name, description, start_at, end_at,
        status, entity_type, location, reported_at)
      select * from ${unnest(rows, COLUMNS)}
      on conflict (id) do update set
        channel_id = excluded.channel_id, creator_id = excluded.creator_id, name = excluded.name,
        description = excluded.description, start_at = excluded.start_at, end_at = excluded.end_at,
        status = excluded.status, entity_type = excluded.entity_type, location = excluded.location,
        reported_at = excluded.reported_at
      where known.guild_id = excluded.guild_id and known.reported_at <= excluded.reported_at`);
  }
}
