import type { PresenceStatus, Snowflake } from '@guildhall/contracts';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { event, id, snapshot, TestLane } from '../../../testing/bot-events.js';
import {
  type IngestApp,
  type MigratedDatabase,
  migratedDatabase,
  startIngestApp,
} from '../../../testing/ingest-app.js';
import { mixedHistories } from '../../../testing/mixed-histories.js';

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
}

const update = (second: number, statuses: Record<string, PresenceStatus>) =>
  event('presence_update', guildId, { presences: listOf(statuses) }, at(second));

const part = (
  second: number,
  statuses: Record<string, PresenceStatus>,
  after = id(0),
  through: Snowflake | null = null,
) => event('presence_chunk', guildId, { after, through, presences: listOf(statuses) }, at(second));

const listOf = (statuses: Record<string, PresenceStatus>) =>
  Object.entries(statuses).map(([userId, status]) => ({ userId: id(userId), status }));

async function statuses(): Promise<Record<string, string>> {
  const { rows } = await database.pool.query<{ user_id: string; status: string }>(
    `select user_id, status from presences where guild_id = $1 and status <> 'offline'`,
    [guildId],
  );
  return Object.fromEntries(rows.map((row) => [row.user_id, row.status]));
}

async function topicVersion(): Promise<number> {
  const { rows } = await database.pool.query<{ version: string }>(
    `select version from topic_versions where guild_id = $1 and topic = 'presence'`,
    [guildId],
  );
  return Number(rows[0]?.version ?? 0);
}

describe('a status', () => {
  it('is the one reported last, of everybody an event tells about', async () => {
    await store(update(1, { [ANN]: 'online', [BEN]: 'idle' }), update(2, { [ANN]: 'dnd' }));
    expect(await statuses()).toEqual({ [ANN]: 'dnd', [BEN]: 'idle' });
    await store(update(3, { [BEN]: 'offline' }));
    expect(await statuses()).toEqual({ [ANN]: 'dnd' });
  });

  it('is told to those who look when it changes, and only then', async () => {
    await store(update(1, { [ANN]: 'online' }));
    expect(await topicVersion()).toBe(1);
    await store(update(2, { [ANN]: 'online', [BEN]: 'offline' }));
    expect(await topicVersion()).toBe(1);
    await store(update(3, { [ANN]: 'offline' }));
    expect(await topicVersion()).toBe(2);
  });

  it('ends in the same state however its events are repeated, mixed and batched', async () => {
    const step = fc.record({
      second: fc.integer({ min: 1, max: 20 }),
      status: fc.constantFrom<PresenceStatus>('online', 'idle', 'dnd', 'offline'),
    });
    const histories = mixedHistories(step).filter(
      ({ steps }) => new Set(steps.map(({ second }) => second)).size === steps.length,
    );
    await fc.assert(
      fc.asyncProperty(histories, async ({ steps, batches }) => {
        await open();
        for (const batch of batches) {
          await store(...batch.map(({ second, status }) => update(second, { [ANN]: status })));
        }
        const status = steps.toSorted((a, b) => a.second - b.second).at(-1)?.status;
        expect(await statuses()).toEqual(status === 'offline' ? {} : { [ANN]: status });
      }),
      { numRuns: 40 },
    );
  });
});

describe('a list of all who are not offline', () => {
  it('takes those it does not name offline, each part for itself', async () => {
    await store(update(1, { [ANN]: 'online', [BEN]: 'idle', [CLEO]: 'dnd' }));
    await store(part(2, { [ANN]: 'idle' }, id(0), BEN));
    expect(await statuses()).toEqual({ [ANN]: 'idle', [CLEO]: 'dnd' });
    await store(part(2, {}, BEN));
    expect(await statuses()).toEqual({ [ANN]: 'idle' });
  });

  it('undoes nothing that is newer', async () => {
    await store(update(3, { [ANN]: 'online', [BEN]: 'offline' }), part(2, { [BEN]: 'online' }));
    expect(await statuses()).toEqual({ [ANN]: 'online' });
  });
});
