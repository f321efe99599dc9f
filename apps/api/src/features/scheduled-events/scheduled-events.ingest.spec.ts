import type { ScheduledEvent, Snowflake } from '@guildhall/contracts';
import { schema } from '@guildhall/database';
import { eq } from 'drizzle-orm';
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

const { scheduledEvents } = schema;
const at = (second: number) => `2026-11-20T12:00:${String(second).padStart(2, '0')}.000Z`;
const COMPLETED = 3;

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
  guildId = id(4_000_000 + guildCount++ * 100);
  lane = new TestLane();
  await store(event('guild_sync', guildId, snapshot(guildId, { channels: [] })));
}

async function store(...events: unknown[]): Promise<void> {
  const batch = lane.batch(...events);
  expect((await api.ingest.store(batch, 'bot')).last).toBe(batch.last);
}

const own = (n: number) => id(BigInt(guildId) + BigInt(n));
const facts = (eventId: Snowflake, changes: Partial<ScheduledEvent> = {}): ScheduledEvent => ({
  id: eventId,
  channelId: null,
  creatorId: id(900),
  name: 'Meeting',
  description: null,
  startAt: '2026-12-01T18:00:00.000Z',
  endAt: null,
  status: 1,
  entityType: 3,
  location: 'Lyon',
  ...changes,
});

const update = (second: number, one: ScheduledEvent) => event('scheduled_event_update', guildId, one, at(second));
const deletion = (second: number, one: ScheduledEvent) => event('scheduled_event_delete', guildId, one, at(second));
const list = (second: number, ...listed: ScheduledEvent[]) =>
  event('scheduled_event_list', guildId, { scheduledEvents: listed }, at(second));

async function rowOf(eventId: Snowflake) {
  const [row] = await database.database.select().from(scheduledEvents).where(eq(scheduledEvents.id, eventId));
  return row;
}

describe('a scheduled event', () => {
  it('is stored, changes, and is gone when it is deleted', async () => {
    await store(event('scheduled_event_create', guildId, facts(own(1)), at(1)));
    expect(await rowOf(own(1))).toMatchObject({ guildId, name: 'Meeting', location: 'Lyon', deletedAt: null });
    await store(update(2, facts(own(1), { name: 'Party' })));
    expect(await rowOf(own(1))).toMatchObject({ name: 'Party' });
    await store(deletion(3, facts(own(1), { name: 'Party' })));
    await store(event('scheduled_event_create', guildId, facts(own(1)), at(4)));
    expect((await rowOf(own(1)))?.deletedAt).toEqual(new Date(at(3)));
  });

  it('is not taken over by an event of another guild', async () => {
    await store(update(1, facts(own(1))));
    const other = id(3_999_999);
    await store(
      event('guild_sync', other, snapshot(other, { channels: [] })),
      event('scheduled_event_update', other, facts(own(1), { name: 'Stolen' }), at(9)),
      event('scheduled_event_delete', other, facts(own(1)), at(9)),
    );
    expect(await rowOf(own(1))).toMatchObject({ guildId, name: 'Meeting', deletedAt: null });
  });

  it('ends in the same state however its events are repeated, mixed and batched', async () => {
    const step = fc.record({ second: fc.integer({ min: 1, max: 20 }), isDeletion: fc.boolean() });
    const histories = mixedHistories(step).filter(
      ({ steps }) => new Set(steps.map(({ second }) => second)).size === steps.length,
    );
    await fc.assert(
      fc.asyncProperty(histories, async ({ steps, batches }) => {
        await open();
        for (const batch of batches) {
          await store(
            ...batch.map(({ second, isDeletion }) =>
              (isDeletion ? deletion : update)(second, facts(own(1), { name: `at ${second}` })),
            ),
          );
        }
        const deletions = steps.filter(({ isDeletion }) => isDeletion).map(({ second }) => second);
        expect(await rowOf(own(1))).toMatchObject({
          name: `at ${Math.max(...steps.map(({ second }) => second))}`,
          deletedAt: deletions.length > 0 ? new Date(at(Math.min(...deletions))) : null,
        });
      }),
      { numRuns: 40 },
    );
  });
});

describe('the list of scheduled events', () => {
  it('ends those to come that it does not name, and leaves those that are over', async () => {
    await store(update(1, facts(own(1))), update(1, facts(own(2))), update(1, facts(own(3), { status: COMPLETED })));
    await store(list(2, facts(own(2), { name: 'Party' })));
    expect((await rowOf(own(1)))?.deletedAt).toEqual(new Date(at(2)));
    expect(await rowOf(own(2))).toMatchObject({ name: 'Party', deletedAt: null });
    expect(await rowOf(own(3))).toMatchObject({ deletedAt: null });
  });

  it('raises what an older list did not name, but not what was deleted since', async () => {
    await store(update(1, facts(own(1))), list(2), deletion(5, facts(own(2))));
    await store(list(3, facts(own(1)), facts(own(2))));
    expect(await rowOf(own(1))).toMatchObject({ deletedAt: null });
    expect((await rowOf(own(2)))?.deletedAt).toEqual(new Date(at(5)));
  });
});
