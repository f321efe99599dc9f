import type { Channel, Snowflake } from '@guildhall/contracts';
import { schema, type Transaction } from '@guildhall/database';
import { Injectable } from '@nestjs/common';
import { and, eq, inArray, isNull, notInArray, sql } from 'drizzle-orm';
import { idArray, unnest, type UnnestColumn } from '../../platform/database/unnest.js';

const { channelOverwrites, channels } = schema;

/**
 * Announcement, public and private threads. A snapshot names the active ones only; an archived one still exists.
 * @see https://discord.com/developers/docs/resources/channel#channel-object-channel-types
 */
const THREAD_TYPES = [10, 11, 12];

/** A channel of a guild, as told by one event. */
export interface GuildChannel {
  guildId: Snowflake;
  channel: Channel;
}

const COLUMNS: readonly UnnestColumn<GuildChannel>[] = [
  ['bigint', ({ channel }) => channel.id],
  ['bigint', ({ guildId }) => guildId],
  ['int', ({ channel }) => channel.type],
  ['text', ({ channel }) => channel.name],
  ['text', ({ channel }) => channel.topic],
  ['int', ({ channel }) => channel.position],
  ['bigint', ({ channel }) => channel.parentId],
  ['boolean', ({ channel }) => channel.isNsfw],
  ['int', ({ channel }) => channel.slowmodeSeconds],
  ['boolean', ({ channel }) => channel.isArchived],
  ['boolean', ({ channel }) => channel.isLocked],
];

@Injectable()
export class ChannelsIngestRepository {
  /** Writes channels, each one once; one that was deleted stays so. @returns the ids that were written */
  async upsert(transaction: Transaction, rows: readonly GuildChannel[]): Promise<Set<Snowflake>> {
    return this.write(transaction, rows, false);
  }

  /** Makes a guild's channels what a snapshot says: those in it exist, all others do not; other threads are archived. */
  async replaceAll(transaction: Transaction, guildId: Snowflake, listed: readonly Channel[]): Promise<void> {
    await this.write(
      transaction,
      listed.map((channel) => ({ guildId, channel })),
      true,
    );
    const listedIds = listed.map(({ id }) => id);
    const isUnlisted = and(
      eq(channels.guildId, guildId),
      isNull(channels.deletedAt),
      notInArray(channels.id, listedIds),
    );
    await transaction
      .update(channels)
      .set({ deletedAt: new Date() })
      .where(and(isUnlisted, notInArray(channels.type, THREAD_TYPES)));
    await transaction
      .update(channels)
      .set({ isArchived: true })
      .where(and(isUnlisted, inArray(channels.type, THREAD_TYPES), eq(channels.isArchived, false)));
  }

  private async write(
    transaction: Transaction,
    rows: readonly GuildChannel[],
    raises: boolean,
  ): Promise<Set<Snowflake>> {
    if (rows.length === 0) return new Set();
    const written = await transaction.execute<{ id: Snowflake }>(sql`
      insert into ${channels} as known
        (id, guild_id, type, name, topic, position, parent_id, is_nsfw, slowmode_seconds, is_archived, is_locked)
      select * from ${unnest(rows, COLUMNS)}
      on conflict (id) do update set
        type = excluded.type, name = excluded.name, topic = excluded.topic, position = excluded.position,
        parent_id = excluded.parent_id, is_nsfw = excluded.is_nsfw, slowmode_seconds = excluded.slowmode_seconds,
        is_archived = excluded.is_archived, is_locked = excluded.is_locked, deleted_at = null, updated_at = now()
      where known.guild_id = excluded.guild_id and (known.deleted_at is null or ${raises})
      returning id`);
    const ids = new Set(written.rows.map(({ id }) => id));
    await this.replaceOverwrites(
      transaction,
      rows.filter(({ channel }) => ids.has(channel.id)).map(({ channel }) => channel),
    );
    return ids;
  }

  private async replaceOverwrites(transaction: Transaction, written: readonly Channel[]): Promise<void> {
    const overwrites = written.flatMap(({ id: channelId, overwrites: own }) =>
      own.map((one) => ({ ...one, channelId })),
    );
    const channelIds = written.map(({ id }) => id);
    await transaction.execute(sql`delete from ${channelOverwrites} where channel_id = any(${idArray(channelIds)})`);
    if (overwrites.length === 0) return;
    await transaction.execute(sql`
      insert into ${channelOverwrites} (channel_id, subject_id, type, allow, deny)
      select * from ${unnest(overwrites, [
        ['bigint', ({ channelId }) => channelId],
        ['bigint', ({ id }) => id],
        ['text', ({ type }) => type],
        ['numeric', ({ allow }) => allow],
        ['numeric', ({ deny }) => deny],
      ])}`);
  }

  /** Leaves a tombstone, even of a channel that was never seen. @returns whether it was not there before */
  async bury(transaction: Transaction, guildId: Snowflake, id: Snowflake, deletedAt: Date): Promise<boolean> {
    const buried = await transaction
      .insert(channels)
      .values({ id, guildId, type: 0, name: '', position: 0, isNsfw: false, slowmodeSeconds: 0, deletedAt })
      .onConflictDoUpdate({
        target: channels.id,
        set: { deletedAt },
        setWhere: and(eq(channels.guildId, guildId), isNull(channels.deletedAt)),
      })
      .returning({ id: channels.id });
    return buried.length > 0;
  }
}
