import { type Message, type Snowflake, snowflakeInstant, type StreamQuery } from '@guildhall/contracts';
import { type Database, schema } from '@guildhall/database';
import { Inject, Injectable } from '@nestjs/common';
import { and, asc, count, desc, eq, gt, gte, inArray, isNull, lt, type SQL } from 'drizzle-orm';
import { DATABASE } from '../../platform/database/database.module.js';
import { readsForwards } from '../../platform/lists/stream.rules.js';

const { discordUsers, messageAttachments, messages } = schema;

/** Whose messages: of a guild, or of one of its channels. */
export type MessageScope = { guildId: Snowflake } | { channelId: Snowflake };

/** Reads of messages; tombstones are never among them. */
@Injectable()
export class MessagesRepository {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  /** Up to `limit + 1` messages in the direction of the query. */
  async find(scope: MessageScope, query: StreamQuery): Promise<Message[]> {
    const rows = await this.database
      .select({ message: messages, author: discordUsers })
      .from(messages)
      .innerJoin(discordUsers, eq(discordUsers.id, messages.authorId))
      .where(
        and(
          inScope(scope),
          isNull(messages.deletedAt),
          query.before ? lt(messages.id, query.before) : undefined,
          query.after ? gt(messages.id, query.after) : undefined,
        ),
      )
      .orderBy(readsForwards(query) ? asc(messages.id) : desc(messages.id))
      .limit(query.limit + 1);
    const attachments = await this.attachmentsOf(rows.map(({ message }) => message.id));
    return rows.map(({ message, author: { updatedAt: _, ...author } }) => ({
      id: message.id,
      channelId: message.channelId,
      author,
      content: message.content,
      attachments: attachments.get(message.id) ?? [],
      replyToId: message.replyToId,
      createdAt: snowflakeInstant(message.id).toISOString(),
      editedAt: message.editedAt?.toISOString() ?? null,
    }));
  }

  /** How many messages a guild has from an id on. */
  async countSince(guildId: Snowflake, from: Snowflake): Promise<number> {
    const [row] = await this.database
      .select({ count: count() })
      .from(messages)
      .where(and(eq(messages.guildId, guildId), gte(messages.id, from), isNull(messages.deletedAt)));
    return row?.count ?? 0;
  }

  private async attachmentsOf(messageIds: Snowflake[]): Promise<Map<Snowflake, Message['attachments']>> {
    if (messageIds.length === 0) return new Map();
    const rows = await this.database
      .select()
      .from(messageAttachments)
      .where(inArray(messageAttachments.messageId, messageIds))
      .orderBy(messageAttachments.id);
    const byMessage = Map.groupBy(rows, ({ messageId }) => messageId);
    return new Map(
      [...byMessage].map(([id, group]) => [id, group.map(({ messageId: _, ...attachment }) => attachment)]),
    );
  }
}

function inScope(scope: MessageScope): SQL {
  return 'guildId' in scope ? eq(messages.guildId, scope.guildId) : eq(messages.channelId, scope.channelId);
}
