import type { Member } from '@guildhall/contracts';
import { schema } from '@guildhall/database';
import { and, eq, isNull } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { event, id, member, role, snapshot, TestLane, user } from '../../../testing/bot-events.js';
import {
  type IngestApp,
  type MigratedDatabase,
  migratedDatabase,
  startIngestApp,
} from '../../../testing/ingest-app.js';

const { discordUsers, guilds, members, setAsideEvents } = schema;
const [ANN, BEN, CLEO, DAN] = [id(11), id(12), id(13), id(14)];

let database: MigratedDatabase;
let api: IngestApp;
let lane: TestLane;
let guildId = id(2_000);
let guildCount = 0;

beforeAll(async () => {
  database = await migratedDatabase(inject('postgresUrl'));
  api = await startIngestApp(database.url);
});

afterAll(async () => {
  await api?.close();
  await database?.close();
});

beforeEach(async () => {
  guildId = id(2_000 + guildCount++);
  lane = new TestLane();
  await store(event('guild_sync', guildId, snapshot(guildId, { channels: [] })));
});

async function store(...events: unknown[]): Promise<void> {
  const batch = lane.batch(...events);
  expect((await api.ingest.store(batch, 'bot')).last).toBe(batch.last);
}

async function present(): Promise<string[]> {
  const rows = await database.database
    .select({ id: members.userId })
    .from(members)
    .where(and(eq(members.guildId, guildId), isNull(members.leftAt)))
    .orderBy(members.userId);
  return rows.map((row) => row.id);
}

async function rowOf(userId: string) {
  const [row] = await database.database
    .select()
    .from(members)
    .where(and(eq(members.guildId, guildId), eq(members.userId, id(userId))));
  return row;
}

async function guildVersion(): Promise<number> {
  const { rows } = await database.pool.query<{ version: string }>(
    `select version from topic_versions where guild_id = $1 and topic = 'guild'`,
    [guildId],
  );
  return Number(rows[0]?.version);
}

const chunk = (syncId: string, index: number, count: number, listed: Member[]) =>
  event('member_chunk', guildId, { syncId, index, count, members: listed });

describe('members', () => {
  it('join, change, leave and come back', async () => {
    await store(event('member_add', guildId, member(ANN)));
    await store(
      event(
        'member_update',
        guildId,
        member(ANN, { nickname: 'Annie', roleIds: [id(41), id(42)], user: user(ANN, { globalName: 'Ann' }) }),
      ),
    );
    expect(await rowOf(ANN)).toMatchObject({ nickname: 'Annie', roleIds: [id(41), id(42)], leftAt: null });
    const [account] = await database.database.select().from(discordUsers).where(eq(discordUsers.id, ANN));
    expect(account?.globalName).toBe('Ann');

    await store(event('member_remove', guildId, { user: user(ANN) }));
    expect(await present()).toEqual([]);
    await store(event('member_add', guildId, member(ANN)));
    expect(await rowOf(ANN)).toMatchObject({ nickname: null, roleIds: [], leftAt: null });
  });

  it('lose a role that is deleted', async () => {
    await store(
      event('role_create', guildId, role(id(5_041))),
      event('member_add', guildId, member(ANN, { roleIds: [id(5_041), id(5_042)] })),
      event('role_delete', guildId, { id: id(5_041) }),
    );
    expect((await rowOf(ANN))?.roleIds).toEqual([id(5_042)]);
  });
});

describe('a member list', () => {
  it('lets go of those it does not name, once all its parts are there', async () => {
    await store(
      event('member_add', guildId, member(ANN)),
      event('member_add', guildId, member(BEN)),
      event('member_add', guildId, member(CLEO)),
    );
    await store(chunk('list', 0, 2, [member(ANN, { nickname: 'Annie' })]));
    expect(await present()).toEqual([ANN, BEN, CLEO]);
    await store(chunk('list', 1, 2, [member(DAN)]));
    expect(await present()).toEqual([ANN, DAN]);
    expect((await rowOf(ANN))?.nickname).toBe('Annie');
    const [guild] = await database.database.select().from(guilds).where(eq(guilds.id, guildId));
    expect(guild?.membersSyncedAt).not.toBeNull();
  });

  it('lets go of those whom an earlier list named', async () => {
    await store(chunk('first', 0, 1, [member(ANN), member(BEN)]));
    await store(chunk('second', 0, 1, [member(BEN)]));
    expect(await present()).toEqual([BEN]);
  });

  it('lets nobody go when a part is missing', async () => {
    await store(chunk('first', 0, 1, [member(ANN)]));
    await store(chunk('second', 0, 3, [member(BEN)]), chunk('second', 2, 3, [member(CLEO)]));
    expect(await present()).toEqual([ANN, BEN, CLEO]);
  });

  it('lets nobody go when a part had to be set aside', async () => {
    await store(chunk('first', 0, 1, [member(ANN)]));
    await store(
      chunk('second', 0, 3, [member(BEN)]),
      chunk('second', 1, 3, [member(ANN, { nickname: 'a\0b' })]),
      chunk('second', 2, 3, [member(CLEO)]),
    );
    expect(await present()).toEqual([ANN, BEN, CLEO]);
    expect(
      await database.database.select().from(setAsideEvents).where(eq(setAsideEvents.guildId, guildId)),
    ).toHaveLength(1);
  });

  it('keeps those who join while it is read', async () => {
    await store(chunk('first', 0, 1, [member(ANN), member(BEN)]));
    await store(chunk('second', 0, 2, [member(ANN)]));
    await store(
      event('member_add', guildId, member(CLEO)),
      event('member_update', guildId, member(CLEO, { nickname: 'C' })),
    );
    await store(chunk('second', 1, 2, [member(DAN)]));
    expect(await present()).toEqual([ANN, CLEO, DAN]);
    await store(chunk('third', 0, 1, [member(ANN)]));
    expect(await present()).toEqual([ANN]);
  });

  it('keeps those who left and came back while it is read', async () => {
    await store(chunk('first', 0, 1, [member(ANN), member(BEN)]));
    await store(
      event('member_remove', guildId, { user: user(BEN) }),
      chunk('second', 0, 2, [member(ANN)]),
      event('member_add', guildId, member(BEN)),
      chunk('second', 1, 2, [member(DAN)]),
    );
    expect(await present()).toEqual([ANN, BEN, DAN]);
  });

  it('tells how far it is at most once a second, and at its end', async () => {
    const parts = Array.from({ length: 5 }, (_, index) => chunk('slow', index, 5, [member(id(100 + index))]));
    const before = await guildVersion();
    await store(parts[0]);
    expect(await guildVersion()).toBe(before + 1);
    await store(parts[1]);
    await store(parts[2]);
    expect(await guildVersion()).toBe(before + 1);
    api.clock.pass(1);
    await store(parts[3]);
    expect(await guildVersion()).toBe(before + 2);
    await store(parts[4]);
    // Its end, and that the guild is to be fetched again.
    expect(await guildVersion()).toBe(before + 4);
  });

  it('of 5,000 people is stored in one batch', async () => {
    const parts = Array.from({ length: 5 }, (_, index) =>
      chunk(
        'large',
        index,
        5,
        Array.from({ length: 1_000 }, (__, n) =>
          member(id(100_000 + index * 1_000 + n), { roleIds: [id(1), id(2)].slice(n % 3) }),
        ),
      ),
    );
    await store(...parts);
    expect(await present()).toHaveLength(5_000);
  });
});
