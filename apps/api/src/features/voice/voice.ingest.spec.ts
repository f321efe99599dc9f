import type { Snowflake, VoiceState } from '@guildhall/contracts';
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

const [ANN, BEN] = [id(11), id(12)];
const [LOUNGE, STAGE] = [id(601), id(602)];
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

const state = (userId: Snowflake, channelId: Snowflake | null, facts: Partial<VoiceState> = {}): VoiceState => ({
  userId,
  channelId,
  isMuted: false,
  isDeafened: false,
  isStreaming: false,
  ...facts,
});
const update = (second: number, voiceState: VoiceState) => event('voice_state_update', guildId, voiceState, at(second));
const list = (second: number, ...voiceStates: VoiceState[]) =>
  event('voice_state_list', guildId, { voiceStates }, at(second));

/** Who is where, muted or not, and since when. */
async function present() {
  const { rows } = await database.pool.query<{ user_id: string; channel_id: string; is_muted: boolean; since: Date }>(
    'select * from voice_states where guild_id = $1 and channel_id is not null order by user_id',
    [guildId],
  );
  return rows.map((row) => [row.user_id, row.channel_id, row.is_muted, row.since.toISOString()]);
}

describe('a voice state', () => {
  it('says who is where since when, however often they are muted', async () => {
    await store(update(1, state(ANN, LOUNGE)), update(2, state(ANN, LOUNGE, { isMuted: true })));
    expect(await present()).toEqual([[ANN, LOUNGE, true, at(2)]]);
    await store(update(3, state(ANN, LOUNGE)));
    expect(await present()).toEqual([[ANN, LOUNGE, false, at(2)]]);
    await store(update(4, state(ANN, STAGE)));
    expect(await present()).toEqual([[ANN, STAGE, false, at(4)]]);
    await store(update(5, state(ANN, null)));
    expect(await present()).toEqual([]);
  });

  it('ends in the same state however its events are repeated, mixed and batched', async () => {
    const step = fc.record({
      second: fc.integer({ min: 1, max: 20 }),
      channelId: fc.constantFrom(LOUNGE, STAGE, null),
      isMuted: fc.boolean(),
    });
    const histories = mixedHistories(step).filter(
      ({ steps }) => new Set(steps.map(({ second }) => second)).size === steps.length,
    );
    await fc.assert(
      fc.asyncProperty(histories, async ({ steps, batches }) => {
        await open();
        for (const batch of batches) {
          await store(
            ...batch.map(({ second, channelId, isMuted }) => update(second, state(ANN, channelId, { isMuted }))),
          );
        }
        const last = steps.toSorted((a, b) => a.second - b.second).at(-1);
        const shown = (await present()).map(([userId, channelId, isMuted]) => [userId, channelId, isMuted]);
        expect(shown).toEqual(last?.channelId == null ? [] : [[ANN, last.channelId, last.isMuted]]);
      }),
      { numRuns: 40 },
    );
  });
});

describe('a list of voice states', () => {
  it('takes those it does not name out of their channels', async () => {
    await store(update(1, state(ANN, LOUNGE)), update(1, state(BEN, LOUNGE)));
    await store(list(2, state(BEN, STAGE)));
    expect(await present()).toEqual([[BEN, STAGE, false, at(2)]]);
  });

  it('undoes nothing that is newer', async () => {
    await store(update(3, state(ANN, LOUNGE)), update(3, state(BEN, null)), list(2, state(BEN, STAGE)));
    expect(await present()).toEqual([[ANN, LOUNGE, false, at(3)]]);
  });
});
