import type { Snowflake } from '@guildhall/contracts';
import { type Database, schema, type Transaction } from '@guildhall/database';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm';
import { DATABASE } from '../../platform/database/database.module.js';
import { type Person, PersonalData } from '../../platform/privacy/personal-data.js';

const { messages, messageAttachments } = schema;

/** Messages in memory at once. */
const BATCH = 1_000;

/** What people wrote. */
@Injectable()
export class MessageDataRepository implements OnModuleInit {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly personalData: PersonalData,
  ) {}

  onModuleInit(): void {
    this.personalData.register('messages', {
      export: (person) => this.read(person),
      erase: async (transaction, { discordId }) => {
        if (discordId !== null) await this.erase(transaction, discordId);
      },
    });
  }

  private async *read({ discordId }: Person): AsyncGenerator<unknown> {
    if (discordId === null) return;
    let after: Snowflake | null = null;
    for (;;) {
      const batch: (typeof messages.$inferSelect)[] = await this.database
        .select()
        .from(messages)
        .where(and(eq(messages.authorId, discordId), after === null ? undefined : gt(messages.id, after)))
        .orderBy(asc(messages.id))
        .limit(BATCH);
      yield* await this.withAttachments(batch);
      const last = batch.at(-1);
      if (!last || batch.length < BATCH) return;
      after = last.id;
    }
  }

  private async withAttachments(batch: readonly (typeof messages.$inferSelect)[]): Promise<unknown[]> {
    if (batch.length === 0) return [];
    const ids = batch.map(({ id }) => id);
    const rows = await this.database
      .select()
      .from(messageAttachments)
      .where(inArray(messageAttachments.messageId, ids));
    const byMessage = Map.groupBy(rows, ({ messageId }) => messageId);
    return batch.map((message) => ({ ...message, attachments: byMessage.get(message.id) ?? [] }));
  }

  /** Messages become tombstones, so that they cannot come back; where others mention the person, the id goes. */
  private async erase(transaction: Transaction, discordId: Snowflake): Promise<void> {
    await transaction.execute(sql`
      delete from ${messageAttachments} where message_id in (
        select id from ${messages} where ${messages.authorId} = ${discordId})`);
    await transaction.execute(sql`
      update ${messages} set author_id = null, content = null, reply_to_id = null,
        deleted_at = coalesce(deleted_at, now())
      where author_id = ${discordId}`);
    await transaction.execute(sql`
      update ${messages} set content = replace(content, ${discordId}::text, '0')
      where position(${discordId}::text in content) > 0`);
  }
}
