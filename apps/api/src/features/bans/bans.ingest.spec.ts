import type { Snowflake } from '@guildhall/contracts';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { event, id, idAt, snapshot, TestLane, user } from '../../../testing/bot-events.js';
import {
  type IngestApp,
  type MigratedDatabase,
  migratedDatabase,
  startIngestApp,
} from '../../../testing/ingest-app.js';
import { mixedHistories } from '../../../testing/mixed-histories.js';
import { BansRepository } from './bans.repository.js';

const [ANN, BEN, CLEO] = [id(11), id(12), id(13)];
const at = (second: number) => `2026-11-20T12:00:${String(second).padStart(2, '0')}.000Z`;

let database: MigratedDatabase;
let api: IngestApp;
let lane: TestLane;
let guildId = id(4_000);
let guildCount = 0;

beforeAll(async () => {
  database = await migratedDatabase(inject('postgresUrl'));
  api = await startIngestApp(database.url);
});

afterAll(async () => {
  await api?.close();
  await database?.close();
});

beforeEach(open);

async function open(): Promise<void> {
  guildId = id(4_000 + guildCount++);
  lane = new TestLane();
  await store(event('guild_sync', guildId, snapshot(guildId, { channels: [] })));
}

async function store(...events: unknown[]): Promise<void> {
  const batch = lane.batch(...events);
  expect((await api.ingest.store(batch, 'bot')).last).toBe(batch.last);
  const { rows } = await database.pool.query('select reason from set_aside_events where guild_id = $1', [guildId]);
  expect(rows).toEqual([]);
}

const added = (userId: Snowflake, second: number) => event('ban_add', guildId, { user: user(userId) }, at(second));
const removed = (userId: Snowflake, second: number) => event('ban_remove', guildId, { user: user(userId) }, at(second));

interface Part {
  second: number;
  named: Snowflake[];
  reason?: string | null;
  after?: Snowflake;
  through?: Snowflake | null;
}

function part({ second, named, reason = null, after = id(0), through = null }: Part) {
  const bans = named.map((userId) => ({ user: user(userId), reason }));
  // What was asked for at one second is written to the outbox later.
  return event('ban_chunk', guildId, { after, through, readAt: at(second), bans }, at(59));
}

async function banned() {
  const { items } = await new BansRepository(database.database).findPage(guildId, { page: 1, limit: 100 });
  return items.toSorted((a, b) => Number(a.user.id) - Number(b.user.id));
}
const bannedIds = async () => (await banned()).map((ban) => ban.user.id);

async function topicVersion(): Promise<number> {
  const { rows } = await database.pool.query<{ version: string }>(
    `select version from topic_versions where guild_id = $1 and topic = 'bans'`,
    [guildId],
  );
  return Number(rows[0]?.version ?? 0);
}

describe('a ban', () => {
  it('is known from its dispatch until it is lifted', async () => {
    await store(added(ANN, 1));
    expect(await banned()).toEqual([{ user: user(ANN), reason: null, bannedAt: at(1) }]);
    await store(removed(ANN, 2));
    expect(await banned()).toEqual([]);
    await store(added(ANN, 3));
    expect(await banned()).toMatchObject([{ bannedAt: at(3) }]);
  });

  it('is told to those who look when it changes, and only then', async () => {
    await store(added(ANN, 1));
    expect(await topicVersion()).toBe(1);
    await store(part({ second: 2, named: [ANN] }));
    expect(await topicVersion()).toBe(1);
    await store(removed(ANN, 3));
    expect(await topicVersion()).toBe(2);
    await store(removed(BEN, 4));
    expect(await topicVersion()).toBe(2);
  });

  it.each([
    ['before', [0, 1]],
    ['after', [1, 0]],
  ])('has the reason of an audit log entry that comes %s it', async (_, order) => {
    const entryId = idAt(at(5), guildCount);
    const entry = {
      id: entryId,
      userId: CLEO,
      targetId: ANN,
      actionType: 22,
      reason: 'spam',
      changes: [],
      options: null,
    };
    const events = [event('audit_log_entry', guildId, entry), added(ANN, 5)];
    for (const index of order) await store(events[index]);
    expect(await banned()).toMatchObject([{ user: { id: ANN }, reason: 'spam' }]);
  });

  it('does not take the reason of an earlier ban', async () => {
    const entry = { userId: CLEO, targetId: ANN, actionType: 22, reason: 'old', changes: [], options: null };
    await store(
      event('audit_log_entry', guildId, { ...entry, id: idAt('2026-11-20T11:00:00Z', guildCount) }),
      added(ANN, 5),
    );
    expect(await banned()).toMatchObject([{ reason: null }]);
  });

  it('ends in the same state however its events are repeated, mixed and batched', async () => {
    const step = fc.record({
      second: fc.integer({ min: 1, max: 20 }),
      kind: fc.constantFrom('add', 'remove', 'named'),
    });
    // Of two things in one instant only the order of arrival can tell which was later.
    const steps = mixedHistories(step).filter(
      (history) => new Set(history.steps.map(({ second }) => second)).size === history.steps.length,
    );
    await fc.assert(
      fc.asyncProperty(steps, async (history) => {
        await open();
        for (const batch of history.batches) {
          const events = batch.map(({ kind, second }) => {
            if (kind === 'named') return part({ second, named: [ANN], after: id(10), through: ANN });
            return kind === 'add' ? added(ANN, second) : removed(ANN, second);
          });
          await store(...events);
        }
        const last = history.steps.toSorted((a, b) => a.second - b.second).at(-1);
        expect(await bannedIds()).toEqual(last?.kind === 'remove' ? [] : [ANN]);
      }),
      { numRuns: 40 },
    );
  });
});

describe('a part of the ban list', () => {
  it('brings bans that nobody saw, with their reasons', async () => {
    await store(part({ second: 1, named: [ANN, BEN], reason: 'raid' }));
    expect(await banned()).toEqual([
      { user: user(ANN), reason: 'raid', bannedAt: null },
      { user: user(BEN), reason: 'raid', bannedAt: null },
    ]);
  });

  it('keeps when a ban was made', async () => {
    await store(added(ANN, 1), part({ second: 2, named: [ANN], reason: 'raid' }));
    expect(await banned()).toEqual([{ user: user(ANN), reason: 'raid', bannedAt: at(1) }]);
  });

  it('lifts the bans that it does not name, and those of other parts stay', async () => {
    await store(added(ANN, 1), added(BEN, 1), added(CLEO, 1));
    await store(part({ second: 2, named: [ANN], after: id(10), through: BEN }));
    expect(await bannedIds()).toEqual([ANN, CLEO]);
    await store(part({ second: 3, named: [], after: BEN, through: null }));
    expect(await bannedIds()).toEqual([ANN]);
  });

  it('undoes nothing that was heard of while it was read', async () => {
    await store(added(ANN, 5), removed(BEN, 5));
    await store(part({ second: 4, named: [BEN] }));
    expect(await bannedIds()).toEqual([ANN]);
  });
});
