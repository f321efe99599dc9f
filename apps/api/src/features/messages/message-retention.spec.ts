import { type MessageContentMode, type Snowflake, snowflakeAt } from '@guildhall/contracts';
import { schema } from '@guildhall/database';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { channel, event, id, message, snapshot, TestLane } from '../../../testing/bot-events.js';
import {
  type IngestApp,
  type MigratedDatabase,
  migratedDatabase,
  startIngestApp,
} from '../../../testing/ingest-app.js';
import { MessagesJobs } from './messages.jobs.js';

const { guildSettings, messageAttachments, messages } = schema;
const NOW = new Date('2026-11-21T12:00:00Z');
const DAY_MS = 86_400_000;

let database: MigratedDatabase;
let api: IngestApp;
let guildId: Snowflake;
let lane: TestLane;
let guilds = 0;

beforeAll(async () => {
  database = await migratedDatabase(inject('postgresUrl'));
  api = await startIngestApp(database.url);
});
afterAll(async () => {
  await api?.close();
  await database?.close();
});

beforeEach(async () => {
  guildId = id(90_000 + ++guilds * 100);
  lane = new TestLane();
  await store(event('guild_sync', guildId, snapshot(guildId, { channels: [channel(own(1))] })));
});

const own = (n: number): Snowflake => id(BigInt(guildId) + BigInt(n));
const store = (...events: unknown[]) => api.ingest.store(lane.batch(...events), 'guildhall');

async function choose(facts: { messageContent?: MessageContentMode; messageRetentionDays?: number | null }) {
  const values = { prefix: '!', timeZone: 'UTC', messageContent: 'full' as const, disabledModules: [], ...facts };
  await database.database
    .insert(guildSettings)
    .values({ guildId, ...values })
    .onConflictDoUpdate({ target: guildSettings.guildId, set: values });
}

/** A message of that many days ago. */
const daysAgo = (days: number, content = 'the door code is 4711') =>
  message(id(BigInt(snowflakeAt(new Date(NOW.getTime() - days * DAY_MS))) + BigInt(guilds)), {
    channelId: own(1),
    content,
    attachments: [
      { id: id(BigInt(guildId) * 1_000n + BigInt(days)), filename: 'payslip.pdf', sizeBytes: 1, contentType: null },
    ],
  });
const stored = () =>
  database.database.select().from(messages).where(eq(messages.guildId, guildId)).orderBy(messages.id);
const attachments = async () => (await database.pool.query('select 1 from message_attachments')).rows.length;

describe('a message', () => {
  it('is stored as the fact that it was written until a guild chooses otherwise', async () => {
    await store(
      event('message_create', guildId, daysAgo(1)),
      event('message_update', guildId, { ...daysAgo(1), editedAt: '2026-11-21T11:00:00.000Z' }),
    );
    expect(await stored()).toMatchObject([{ authorId: id(901), content: null }]);
    expect(await attachments()).toBe(0);
  });

  it('is stored whole where the guild chose so, from then on', async () => {
    await choose({ messageContent: 'full' });
    await store(event('message_create', guildId, daysAgo(1)));
    expect(await stored()).toMatchObject([{ content: 'the door code is 4711' }]);
    await choose({ messageContent: 'metadata' });
    await store(event('message_create', guildId, daysAgo(0)));
    expect(await stored()).toMatchObject([{ content: 'the door code is 4711' }, { content: null }]);
    await database.database.delete(messageAttachments);
  });

  it('is not stored at all where the guild wants none, neither from the past', async () => {
    await choose({ messageContent: 'off' });
    await store(
      event('message_create', guildId, daysAgo(1)),
      event('message_history', guildId, { channelId: own(1), messages: [daysAgo(2)], isComplete: true }),
    );
    expect(await stored()).toEqual([]);
  });
});

describe('the nightly deletion', () => {
  const expire = () => api.app.get(MessagesJobs).expire(NOW);
  const ages = [0, 6, 8, 89, 91, 400];

  async function remainingAges(): Promise<number[]> {
    const rows = await stored();
    return ages.filter((days) => rows.some((row) => row.id === daysAgo(days).id));
  }

  it.each<[string, number | null | undefined, number[]]>([
    ['90 days where nothing was chosen', undefined, [0, 6, 8, 89]],
    ['as long as was chosen', 7, [0, 6]],
    ['for ever where that was chosen', null, ages],
  ])('keeps messages %s', async (_, messageRetentionDays, expected) => {
    await choose({ messageContent: 'full' });
    await store(...ages.map((days) => event('message_create', guildId, daysAgo(days))));
    if (messageRetentionDays === undefined)
      await database.database.delete(guildSettings).where(eq(guildSettings.guildId, guildId));
    else await choose({ messageContent: 'full', messageRetentionDays });
    await expire();
    expect(await remainingAges()).toEqual(expected);
    expect(await attachments()).toBe(expected.length);
    await database.database.delete(messageAttachments);
  });

  it('deletes tombstones too, and nothing of another guild', async () => {
    await choose({ messageContent: 'full', messageRetentionDays: 7 });
    await store(
      event('message_create', guildId, daysAgo(8)),
      event('message_delete', guildId, { id: daysAgo(8).id, channelId: own(1) }),
    );
    const kept = await database.database.$count(messages);
    await expire();
    expect(await stored()).toEqual([]);
    expect(await database.database.$count(messages)).toBe(kept - 1);
    await database.database.delete(messageAttachments);
  });

  it('deletes in pieces', async () => {
    await choose({ messageContent: 'full', messageRetentionDays: 7 });
    await database.pool.query(
      `insert into messages (id, guild_id, channel_id) select $1::bigint + n, $2, $3 from generate_series(1, 11000) n`,
      [daysAgo(30).id, guildId, own(1)],
    );
    await expire();
    expect(await stored()).toEqual([]);
  });
});
