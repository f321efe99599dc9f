import { randomUUID } from 'node:crypto';
import { schema } from '@guildhall/database';
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { channel, event, id, idAt, member, message, role, snapshot, TestLane } from '../../../testing/bot-events.js';
import {
  type IngestApp,
  type MigratedDatabase,
  migratedDatabase,
  startIngestApp,
  WHOLE_MESSAGES,
} from '../../../testing/ingest-app.js';

const { lanes, messages, setAsideEvents, topicVersions } = schema;

let database: MigratedDatabase;
let api: IngestApp;
/** A second API on the same database. */
let otherApi: IngestApp;
let guildCount = 0;

beforeAll(async () => {
  database = await migratedDatabase(inject('postgresUrl'));
  [api, otherApi] = [
    await startIngestApp(database.url, WHOLE_MESSAGES),
    await startIngestApp(database.url, WHOLE_MESSAGES),
  ];
});

afterAll(async () => {
  await Promise.all([api?.close(), otherApi?.close()]);
  await database?.close();
});

/** Everything that a batch can leave behind. */
async function everything() {
  const tables = ['guilds', 'roles', 'channels', 'channel_overwrites', 'members', 'discord_users', 'messages'];
  const rest = ['message_attachments', 'lanes', 'set_aside_events', 'topic_versions'];
  const results = await Promise.all(
    [...tables, ...rest].map((table) => database.pool.query(`select * from ${table} order by 1, 2`)),
  );
  return results.map(({ rows }) => rows as unknown[]);
}

async function storedMessageIds(): Promise<string[]> {
  const rows = await database.database.select({ id: messages.id }).from(messages).orderBy(messages.id);
  return rows.map((row) => row.id);
}

describe('a batch', () => {
  let guildId: ReturnType<typeof id>;
  let lane: TestLane;

  beforeEach(async () => {
    await database.pool.query(
      'truncate guilds, messages, message_attachments, lanes, set_aside_events, topic_versions cascade',
    );
    guildId = id(7_000 + guildCount++);
    lane = new TestLane();
    await api.ingest.store(lane.batch(event('guild_sync', guildId, snapshot(guildId))), 'bot');
  });

  const create = (n: number) => event('message_create', guildId, message(idAt('2026-11-20T00:00:00Z', n)));

  it('is acknowledged with its end when it is stored', async () => {
    const batch = lane.batch(create(1), create(2));
    const ack = await api.ingest.store(batch, 'bot');
    expect(ack).toMatchObject({ batchId: batch.batchId, lane: 3, last: 3, received: 2 });
    expect(await storedMessageIds()).toHaveLength(2);
  });

  it('changes nothing when it comes again, and is acknowledged again', async () => {
    const batch = lane.batch(
      create(1),
      event('member_add', guildId, member(id(31), { roleIds: [id(41)] })),
      event(
        'message_create',
        guildId,
        message(id(77), { attachments: [{ id: id(5), filename: 'a', sizeBytes: 1, contentType: null }] }),
      ),
      { garbage: true },
    );
    await api.ingest.store(batch, 'bot');
    const before = await everything();
    const again = await otherApi.ingest.store({ ...batch, batchId: randomUUID() }, 'bot');
    expect(again.last).toBe(batch.last);
    expect(await everything()).toEqual(before);
  });

  it('tells where the lane stands when it comes too early, and stores nothing', async () => {
    const missing = lane.batch(create(1));
    const early = lane.batch(create(2));
    const ack = await api.ingest.store(early, 'bot');
    expect(ack.last).toBe(missing.first - 1);
    expect(await storedMessageIds()).toEqual([]);

    await api.ingest.store(missing, 'bot');
    expect((await api.ingest.store(early, 'bot')).last).toBe(early.last);
    expect(await storedMessageIds()).toHaveLength(2);
  });

  it('is not stored when a part of it was stored before, and the bot goes on from there', async () => {
    const first = lane.batch(create(1));
    const longer = { ...first, last: first.last + 1, events: [...first.events, create(2)] };
    await api.ingest.store(first, 'bot');
    expect((await api.ingest.store(longer, 'bot')).last).toBe(first.last);
    expect(await storedMessageIds()).toHaveLength(1);
  });

  it('stands at 0 for a lane that this database never saw', async () => {
    const elsewhere = new TestLane();
    elsewhere.batch(create(1));
    expect((await api.ingest.store(elsewhere.batch(create(2)), 'bot')).last).toBe(0);
  });

  it('is stored by one of two APIs that get it at the same time', async () => {
    for (let round = 0; round < 10; round++) {
      const batch = lane.batch(create(round * 2), create(round * 2 + 1));
      const acks = await Promise.all([api.ingest.store(batch, 'bot'), otherApi.ingest.store(batch, 'bot')]);
      expect(acks.map(({ last }) => last)).toEqual([batch.last, batch.last]);
    }
    expect(await storedMessageIds()).toHaveLength(20);
    const [versions] = await database.database.select().from(topicVersions).where(eqTopic(guildId, 'messages'));
    expect(versions?.version).toBe(10);
  });

  it('is stored by one of two APIs that open a lane at the same time', async () => {
    for (let round = 0; round < 10; round++) {
      const batch = new TestLane().batch(create(round));
      const acks = await Promise.all([api.ingest.store(batch, 'bot'), otherApi.ingest.store(batch, 'bot')]);
      expect(acks.map(({ last }) => last)).toEqual([1, 1]);
    }
    const [versions] = await database.database.select().from(topicVersions).where(eqTopic(guildId, 'messages'));
    expect(versions?.version).toBe(10);
  });

  it('writes the same people from many lanes at once without losing a batch', async () => {
    const people = Array.from({ length: 40 }, (_, index) => id(2_000 + index));
    const open = Array.from({ length: 8 }, (_, index) => new TestLane(index));
    const guildIds = open.map((_, index) => id(8_000 + guildCount * 10 + index));
    const stores = open.map(async (own, index) => {
      const target = index % 2 === 0 ? api : otherApi;
      const own_guild = guildIds[index]!;
      await target.ingest.store(
        own.batch(event('guild_sync', own_guild, snapshot(own_guild, { channels: [], roles: [role(own_guild)] }))),
        'bot',
      );
      for (let round = 0; round < 5; round++) {
        const order = index % 2 === 0 ? people : people.toReversed();
        const events = order.map((userId) =>
          event(
            'member_update',
            own_guild,
            member(userId, { user: { ...member(userId).user, username: `n${index}-${round}` } }),
          ),
        );
        await target.ingest.store(own.batch(...events), 'bot');
      }
      return own;
    });
    await Promise.all(stores);
    const rows = await database.database.select().from(lanes);
    expect(rows.filter(({ seq }) => seq === 201)).toHaveLength(8);
  });
});

describe('a poisoned event', () => {
  it.each<[string, (guildId: ReturnType<typeof id>) => unknown, RegExp]>([
    ['is no event at all', () => 'garbage', /malformed/],
    [
      'has a type nobody knows',
      (guildId) => ({ ...event('guild_delete', guildId, { id: guildId }), type: 'sorcery' }),
      /unknown to this version/,
    ],
    [
      'has data of another type',
      (guildId) => ({ ...event('message_create', guildId, message(id(5))), data: { id: 5 } }),
      /data of message_create/,
    ],
    [
      'has text that PostgreSQL refuses',
      (guildId) => event('message_create', guildId, message(id(66), { content: 'a\0b' })),
      /invalid byte sequence/,
    ],
    [
      'has a number that no column holds',
      (guildId) => event('role_update', guildId, role(id(67), { color: 2 ** 40 })),
      /out of range/,
    ],
    [
      'belongs to a guild that was never synchronised',
      () => event('message_create', id(12_345), message(id(68))),
      /never synchronised/,
    ],
    [
      'describes another guild',
      (guildId) => event('guild_update', guildId, { ...snapshot(id(99)).guild }),
      /describes guild 99/,
    ],
    ['nests without end and holds half a character', () => ({ type: 'x\ud800', deep: nested(5_000) }), /malformed/],
  ])('that %s is set aside whole, and its neighbours are stored', async (_, poison, reason) => {
    await database.pool.query('truncate messages, set_aside_events');
    const guildId = id(7_500 + guildCount++);
    const lane = new TestLane();
    const body = poison(guildId);
    const good = [
      idAt('2026-11-19T00:00:00Z', guildCount * 10),
      idAt('2026-11-19T00:00:00Z', guildCount * 10 + 1),
    ] as const;
    const batch = lane.batch(
      event('guild_sync', guildId, snapshot(guildId, { channels: [channel(id(600 + guildCount))] })),
      event('message_create', guildId, message(good[0])),
      body,
      event('message_create', guildId, message(good[1])),
    );
    expect((await api.ingest.store(batch, 'bot')).last).toBe(4);
    expect(await storedMessageIds()).toEqual([...good]);
    const [row, ...others] = await database.database.select().from(setAsideEvents);
    expect(others).toEqual([]);
    expect(row).toMatchObject({
      outboxId: lane.outboxId,
      lane: 3,
      seq: 3,
      reason: expect.stringMatching(reason) as string,
    });
    if (typeof body === 'object' && body !== null && 'id' in body) expect(row?.body).toMatchObject({ id: body.id });
  });
});

describe('a failure that no event is to blame for', () => {
  it('rejects the batch, keeps nothing of it and sets nothing aside', async () => {
    const guildId = id(7_900);
    const lane = new TestLane();
    await api.ingest.store(lane.batch(event('guild_sync', guildId, snapshot(guildId, { channels: [] }))), 'bot');
    await database.pool.query('truncate set_aside_events');
    await database.pool.query('alter table messages rename to messages_away');
    const batch = lane.batch(
      event('guild_update', guildId, { ...snapshot(guildId).guild, name: 'renamed' }),
      event('message_create', guildId, message(id(9_001))),
    );
    try {
      await expect(api.ingest.store(batch, 'bot')).rejects.toThrow();
    } finally {
      await database.pool.query('alter table messages_away rename to messages');
    }
    expect(await database.database.select().from(setAsideEvents)).toEqual([]);
    expect((await api.ingest.store(batch, 'bot')).last).toBe(batch.last);
  });

  it('rejects a batch whose connection is lost in its midst, and stores it when it comes again', async () => {
    const guildId = id(7_901);
    const lane = new TestLane();
    await api.ingest.store(lane.batch(event('guild_sync', guildId, snapshot(guildId, { channels: [] }))), 'bot');
    await database.pool.query('truncate set_aside_events');
    const batch = lane.batch(event('message_create', guildId, message(id(9_002))));
    const blocker = await database.pool.connect();
    await blocker.query('begin; lock table messages in access exclusive mode');
    const refused = expect(api.ingest.store(batch, 'bot')).rejects.toThrow();
    await expect.poll(() => terminateBlocked()).toBe(1);
    await refused;
    await blocker.query('rollback');
    blocker.release();
    expect(await database.database.select().from(setAsideEvents)).toEqual([]);
    expect((await api.ingest.store(batch, 'bot')).last).toBe(batch.last);
  });
});

function nested(depth: number): unknown {
  let value: unknown = 'bottom';
  for (let level = 0; level < depth; level++) value = [value];
  return value;
}

function eqTopic(guildId: ReturnType<typeof id>, topic: string) {
  return and(eq(topicVersions.guildId, guildId), eq(topicVersions.topic, topic));
}

/** Ends the API's connections that wait for a lock, and tells how many they were. */
async function terminateBlocked(): Promise<number> {
  const { rows } = await database.pool.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and application_name = 'guildhall-api' and wait_event_type = 'Lock'`,
  );
  return rows.length;
}
