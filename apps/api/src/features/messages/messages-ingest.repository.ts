import type { Snowflake } from '@guildhall/contracts';
import { type Database, schema, type Transaction } from '@guildhall/database';
import { Inject, Injectable } from '@nestjs/common';
import { inArray, type SQL, sql } from 'drizzle-orm';
import { DATABASE } from '../../platform/database/database.module.js';
import { idArray, unnest } from '../../platform/database/unnest.js';
import type { GuildMessage, MessageDeletion } from './message-merge.rules.js';

const { messages, messageAttachments } = schema;

/** Rows of a guild deleted at once, so that no transaction grows with the size of the guild. */
const PURGE_CHUNK = 5_000;

@Injectable()
export class MessagesIngestRepository {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  /**
   * Merges messages, each id once. A newer edit replaces an older one, a tombstone stays one and only learns its facts, and
   * what is known already changes nothing.
   * @returns the ids whose row changed and is readable
   */
  async merge(transaction: Transaction, rows: readonly GuildMessage[]): Promise<Set<Snowflake>> {
    const changed = await transaction.execute<{ id: Snowflake; is_readable: boolean }>(sql`
      insert into ${messages} (id, guild_id, channel_id, author_id, content, reply_to_id, edited_at)
      select * from ${unnest(rows, [
        ['bigint', ({ message }) => message.id],
        ['bigint', ({ guildId }) => guildId],
        ['bigint', ({ message }) => message.channelId],
        ['bigint', ({ message }) => message.author.id],
        ['text', ({ message }) => message.content],
        ['bigint', ({ message }) => message.replyToId],
        ['timestamptz', ({ message }) => message.editedAt],
      ])}
      on conflict (id) do update set
        channel_id = excluded.channel_id, author_id = excluded.author_id, content = excluded.content,
        reply_to_id = excluded.reply_to_id, edited_at = excluded.edited_at
      where ${messages.guildId} = excluded.guild_id and (
        ${messages.authorId} is null
        or excluded.edited_at > coalesce(${messages.editedAt}, '-infinity')
      )
      returning id, deleted_at is null as is_readable`);
    const changedIds = new Set(changed.rows.map(({ id }) => id));
    await this.replaceAttachments(
      transaction,
      rows.filter(({ message }) => changedIds.has(message.id)),
    );
    return new Set(changed.rows.filter(({ is_readable }) => is_readable).map(({ id }) => id));
  }

  private async replaceAttachments(transaction: Transaction, rows: readonly GuildMessage[]): Promise<void> {
    const editedIds = rows.filter(({ message }) => message.editedAt !== null).map(({ message }) => message.id);
    if (editedIds.length > 0) {
      await transaction.delete(messageAttachments).where(inArray(messageAttachments.messageId, editedIds));
    }
    const attachments = rows.flatMap(({ message }) =>
      message.attachments.map((attachment) => ({ ...attachment, messageId: message.id })),
    );
    if (attachments.length === 0) return;
    await transaction.execute(sql`
      insert into ${messageAttachments} (message_id, id, filename, size_bytes, content_type)
      select * from ${unnest(attachments, [
        ['bigint', ({ messageId }) => messageId],
        ['bigint', ({ id }) => id],
        ['text', ({ filename }) => filename],
        ['int', ({ sizeBytes }) => sizeBytes],
        ['text', ({ contentType }) => contentType],
      ])}
      on conflict (message_id, id) do nothing`);
  }

  /**
   * Buries messages, each id once; one that was never seen gets a tombstone, so that a late create finds it.
   * @returns the ids that were not buried before
   */
  async bury(transaction: Transaction, deletions: readonly MessageDeletion[]): Promise<Set<Snowflake>> {
    const buried = await transaction.execute<{ id: Snowflake }>(sql`
      insert into ${messages} (id, guild_id, channel_id, deleted_at)
      select * from ${unnest(deletions, [
        ['bigint', ({ id }) => id],
        ['bigint', ({ guildId }) => guildId],
        ['bigint', ({ channelId }) => channelId],
        ['timestamptz', ({ deletedAt }) => deletedAt],
      ])}
      on conflict (id) do update set deleted_at = excluded.deleted_at
      where ${messages.guildId} = excluded.guild_id
        and (${messages.deletedAt} is null or ${messages.deletedAt} > excluded.deleted_at)
      returning id`);
    return new Set(buried.rows.map(({ id }) => id));
  }

  /** Deletes all messages of a guild for good, in pieces; called again after an interruption, it goes on. */
  async purge(guildId: Snowflake): Promise<void> {
    await this.deleteInChunks(sql`${messages.guildId} = ${guildId}`);
  }

  /** Deletes the messages of a guild with smaller ids for good, tombstones too, in pieces. @returns how many there were */
  async deleteBefore(guildId: Snowflake, id: Snowflake): Promise<number> {
    return this.deleteInChunks(sql`${messages.guildId} = ${guildId} and ${messages.id} < ${id}`);
  }

  private async deleteInChunks(condition: SQL): Promise<number> {
    for (let total = 0; ;) {
      const deleted = await this.database.transaction((transaction) => this.deleteChunk(transaction, condition));
      total += deleted;
      if (deleted < PURGE_CHUNK) return total;
    }
  }

  private async deleteChunk(transaction: Transaction, condition: SQL): Promise<number> {
    const { rows } = await transaction.execute<{ id: Snowflake }>(sql`
      delete from ${messages} where id in (
        select id from ${messages} where ${condition} limit ${PURGE_CHUNK}
      ) returning id`);
    const ids = rows.map(({ id }) => id);
    await transaction.execute(sql`delete from ${messageAttachments} where message_id = any(${idArray(ids)})`);
    return rows.length;
  }
}
