import type { Message, Snowflake } from '@guildhall/contracts';
import { schema } from '@guildhall/database';
import { asc, eq } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { event, id, message, snapshot, TestLane, user } from '../../../testing/bot-events.js';
import {
  type IngestApp,
  type MigratedDatabase,
  migratedDatabase,
  startIngestApp,
  WHOLE_MESSAGES,
} from '../../../testing/ingest-app.js';

const { messageAttachments, messages } = schema;
const GUILD = id(1_000);
const CHANNEL = id(501);

let database: MigratedDatabase;
let api: IngestApp;
const lane = new TestLane();

beforeAll(async () => {
  database = await migratedDatabase(inject('postgresUrl'));
  api = await startIngestApp(database.url, WHOLE_MESSAGES);
  await store(
    event('guild_sync', GUILD, snapshot(GUILD)),
    event('guild_sync', id(1_001), snapshot(id(1_001), { channels: [] })),
  );
});

afterAll(async () => {
  await api?.close();
  await database?.close();
});

async function store(...events: unknown[]): Promise<void> {
  const batch = lane.batch(...events);
  expect((await api.ingest.store(batch, 'bot')).last).toBe(batch.last);
}

async function rowOf(messageId: Snowflake) {
  const [row] = await database.database.select().from(messages).where(eq(messages.id, messageId));
  const attachments = await database.database
    .select()
    .from(messageAttachments)
    .where(eq(messageAttachments.messageId, messageId))
    .orderBy(asc(messageAttachments.id));
  return row && { ...row, attachments };
}

let nextId = 50_000;
const newMessageId = () => id(nextId++);
const edit = (second: number) => `2026-11-20T12:00:${String(second).padStart(2, '0')}.000Z`;
const deletion = (messageId: Snowflake, second = 0) =>
  event('message_delete', GUILD, { id: messageId, channelId: CHANNEL }, edit(second));

describe('a message', () => {
  it('is stored with its author and attachments', async () => {
    const messageId = newMessageId();
    const attachments = [{ id: id(1), filename: 'plan.pdf', sizeBytes: 2_048, contentType: 'application/pdf' }];
    await store(
      event('message_create', GUILD, message(messageId, { attachments, replyToId: id(7), author: user(id(77)) })),
    );
    expect(await rowOf(messageId)).toMatchObject({
      guildId: GUILD,
      channelId: CHANNEL,
      authorId: id(77),
      content: `message ${messageId}`,
      replyToId: id(7),
      editedAt: null,
      deletedAt: null,
      attachments: [{ id: id(1), filename: 'plan.pdf', sizeBytes: 2_048, contentType: 'application/pdf' }],
    });
  });

  it('takes an edit, with the attachments that are left', async () => {
    const messageId = newMessageId();
    const attachment = (n: number) => ({ id: id(n), filename: `${n}`, sizeBytes: n, contentType: null });
    await store(event('message_create', GUILD, message(messageId, { attachments: [attachment(1), attachment(2)] })));
    await store(
      event(
        'message_update',
        GUILD,
        message(messageId, { content: 'better', attachments: [attachment(2)], editedAt: edit(5) }),
      ),
    );
    const row = await rowOf(messageId);
    expect(row).toMatchObject({ content: 'better', editedAt: new Date(edit(5)) });
    expect(row?.attachments.map((one) => one.id)).toEqual([id(2)]);
  });

  it('takes the newest of several edits, whatever their order in a batch', async () => {
    const messageId = newMessageId();
    const edits = [2, 9, 5].map((second) => message(messageId, { content: `at ${second}`, editedAt: edit(second) }));
    await store(...edits.map((edited) => event('message_update', GUILD, edited)));
    expect(await rowOf(messageId)).toMatchObject({ content: 'at 9', editedAt: new Date(edit(9)) });
  });

  it('is stored by an edit when it was never seen', async () => {
    const messageId = newMessageId();
    await store(event('message_update', GUILD, message(messageId, { content: 'late', editedAt: edit(5) })));
    expect(await rowOf(messageId)).toMatchObject({ content: 'late', deletedAt: null });
  });

  it('is not taken over by an event of another guild', async () => {
    const messageId = newMessageId();
    await store(event('message_create', GUILD, message(messageId)));
    const foreign = message(messageId, { content: 'stolen', editedAt: edit(9) });
    await store(
      event('message_update', id(1_001), foreign),
      event('message_delete', id(1_001), { id: messageId, channelId: CHANNEL }),
    );
    expect(await rowOf(messageId)).toMatchObject({ guildId: GUILD, content: `message ${messageId}`, deletedAt: null });
  });

  it('leaves a tombstone when it was never seen, which a late create cannot raise', async () => {
    const messageId = newMessageId();
    await store(deletion(messageId));
    expect(await rowOf(messageId)).toMatchObject({ authorId: null, deletedAt: new Date(edit(0)) });
    await store(event('message_create', GUILD, message(messageId)));
    expect((await rowOf(messageId))?.deletedAt).toEqual(new Date(edit(0)));
  });

  it('disappears with others in a bulk deletion', async () => {
    const ids = [newMessageId(), newMessageId(), newMessageId()];
    await store(event('message_create', GUILD, message(ids[0]!)));
    await store(event('message_delete_bulk', GUILD, { ids: [...ids, ids[0]!], channelId: CHANNEL }));
    for (const messageId of ids) expect((await rowOf(messageId))?.deletedAt).not.toBeNull();
  });

  it('ends in the same state however its events are repeated, mixed and batched', async () => {
    const facts: ((messageId: Snowflake) => Message)[] = [
      (messageId) => message(messageId),
      ...[1, 2, 3].map((second) => (messageId: Snowflake) => {
        const attachments = [{ id: id(second), filename: `v${second}`, sizeBytes: second, contentType: null }];
        return message(messageId, { content: `version ${second}`, editedAt: edit(second), attachments });
      }),
    ];
    const step = fc.oneof(
      fc.nat({ max: facts.length - 1 }).map((version) => ({ kind: 'facts' as const, version })),
      fc.integer({ min: 10, max: 12 }).map((second) => ({ kind: 'deletion' as const, second })),
    );
    const history = fc.array(step, { minLength: 1, maxLength: 6 }).chain((steps) => {
      const shuffled = fc.shuffledSubarray([...steps, ...steps], { minLength: steps.length * 2 });
      return fc.record({
        steps: fc.constant(steps),
        order: shuffled,
        cuts: fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
      });
    });
    await fc.assert(
      fc.asyncProperty(history, async ({ steps, order, cuts }) => {
        const messageId = newMessageId();
        let pending: unknown[] = [];
        for (const [index, one] of order.entries()) {
          if (one.kind === 'deletion') pending.push(deletion(messageId, one.second));
          else
            pending.push(
              event(one.version === 0 ? 'message_create' : 'message_update', GUILD, facts[one.version]!(messageId)),
            );
          if (cuts[index]) await store(...pending.splice(0));
        }
        if (pending.length > 0) await store(...pending);
        pending = [];

        const versions = steps.flatMap((one) => (one.kind === 'facts' ? [one.version] : []));
        const deletions = steps.flatMap((one) => (one.kind === 'deletion' ? [one.second] : []));
        const newest = versions.length > 0 ? facts[Math.max(...versions)]!(messageId) : null;
        expect(await rowOf(messageId)).toMatchObject({
          content: newest?.content ?? null,
          authorId: newest?.author.id ?? null,
          editedAt: newest?.editedAt ? new Date(newest.editedAt) : null,
          deletedAt: deletions.length > 0 ? new Date(edit(Math.min(...deletions))) : null,
          attachments: (newest?.attachments ?? []).map((attachment) => ({ ...attachment, messageId })),
        });
      }),
      { numRuns: 60 },
    );
  });
});

describe('the past of a guild', () => {
  const history = (messages: Message[], isComplete = false) =>
    event('message_history', GUILD, { channelId: CHANNEL, messages, isComplete });

  async function versions(): Promise<{ guild: number; messages: number }> {
    const { rows } = await database.pool.query<{ topic: string; version: string }>(
      'select topic, version from topic_versions where guild_id = $1',
      [GUILD],
    );
    const versionOf = (topic: string) => Number(rows.find((row) => row.topic === topic)?.version ?? 0);
    return { guild: versionOf('guild'), messages: versionOf('messages') };
  }

  it('is stored with its authors, once however often it is imported', async () => {
    const [first, second] = [newMessageId(), newMessageId()];
    const past = [message(first, { author: user(id(88)) }), message(second, { author: user(id(89)) })];
    await store(history(past), history(past, true));
    await store(history(past, true));
    expect(await rowOf(first)).toMatchObject({ guildId: GUILD, authorId: id(88), content: `message ${first}` });
    expect(await rowOf(second)).toMatchObject({ authorId: id(89), deletedAt: null });
    const { rows } = await database.pool.query('select id from discord_users where id in (88, 89)');
    expect(rows).toHaveLength(2);
  });

  it('neither raises the dead nor undoes an edit', async () => {
    const [deleted, edited] = [newMessageId(), newMessageId()];
    const better = message(edited, { content: 'better', editedAt: edit(5) });
    await store(deletion(deleted), event('message_update', GUILD, better));
    await store(history([message(deleted), message(edited)], true));
    expect((await rowOf(deleted))?.deletedAt).toEqual(new Date(edit(0)));
    expect(await rowOf(edited)).toMatchObject({ content: 'better', editedAt: new Date(edit(5)) });
  });

  it('is announced once, at its end, and not message by message', async () => {
    const before = await versions();
    await store(history([message(newMessageId()), message(newMessageId())]));
    expect(await versions()).toEqual(before);
    await store(history([message(newMessageId())]), history([message(newMessageId())], true));
    expect(await versions()).toEqual({ ...before, guild: before.guild + 1 });
  });
});
