import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BackendAck, Batch, RoutingResult } from '@guildhall/contracts';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createMetrics, type Metrics } from '../metrics.js';
import { laneOf } from './lanes.js';
import { Outbox } from './outbox.js';
import { Sender, senderDefaults } from './sender.js';
import { snowflake } from './translate/snowflakes.js';

const GUILD = '800000000000000001';
const LANE = laneOf(GUILD);

let folder: string;
let outbox: Outbox;
let metrics: Metrics;
let sender: Sender;
let sent: Batch[];

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  folder = mkdtempSync(join(tmpdir(), 'guildhall-sender-'));
  outbox = new Outbox(join(folder, 'outbox.sqlite'), { onFailure: (error) => expect.unreachable(String(error)) });
  metrics = createMetrics();
  sender = new Sender(outbox, metrics, pino({ level: 'silent' }), { eventsPerBatch: 10 });
  sent = [];
});

afterEach(() => {
  sender.disconnected();
  outbox.close();
  vi.useRealTimers();
  rmSync(folder, { recursive: true });
});

function write(count: number, guildId = GUILD): void {
  for (let index = 0; index < count; index++) {
    const timestamp = new Date().toISOString();
    const event = { id: randomUUID(), type: 'message_create', guildId: snowflake(guildId), data: {}, timestamp };
    outbox.append({ events: [event] });
  }
  outbox.commit();
}

function connect(answer: RoutingResult = { ok: true }): void {
  sender.connected((batch) => {
    sent.push(batch);
    return Promise.resolve(answer);
  });
}

const runs = () => sent.map(({ first, last }) => [first, last]);

function ackOf(batch: Batch | undefined, last = batch?.last): BackendAck {
  if (!batch || last === undefined) throw new Error('nothing was sent');
  return {
    batchId: batch.batchId,
    lane: batch.lane,
    last,
    received: batch.events.length,
    timestamp: new Date().toISOString(),
  };
}

describe('a sender', () => {
  it('sends run after run of a lane, each after the acknowledgement of the one before', () => {
    write(25);
    connect();
    expect(runs()).toEqual([[1, 10]]);
    sender.acknowledged(ackOf(sent.at(-1)));
    sender.acknowledged(ackOf(sent.at(-1)));
    expect(runs()).toEqual([
      [1, 10],
      [11, 20],
      [21, 25],
    ]);
    sender.acknowledged(ackOf(sent.at(-1)));
    expect(outbox.depth).toBe(0);
    expect(sent).toHaveLength(3);
  });

  it('sends what is written while it is connected', () => {
    connect();
    write(1);
    expect(runs()).toEqual([[1, 1]]);
  });

  it('has at most four lanes in flight', () => {
    const guilds = Array.from({ length: 64 }, (_, index) => String(800_000_000_000 + index));
    for (const guild of guilds) write(1, guild);
    connect();
    expect(new Set(sent.map(({ lane }) => lane)).size).toBe(4);
    sender.acknowledged(ackOf(sent[0]));
    expect(sent).toHaveLength(5);
  });

  it('sends the same run again when no acknowledgement comes', () => {
    write(3);
    connect();
    write(4);
    vi.advanceTimersByTime(senderDefaults.ackTimeoutMs);
    expect(runs()).toEqual([
      [1, 3],
      [1, 3],
    ]);
    expect(sent[1]?.batchId).toBe(sent[0]?.batchId);
    sender.acknowledged(ackOf(sent[0]));
    expect(runs().at(-1)).toEqual([4, 7]);
  });

  it('sends the same run again after a reconnection, and only once the gateway is back', () => {
    write(3);
    connect();
    sender.disconnected();
    write(2);
    vi.advanceTimersByTime(10 * senderDefaults.ackTimeoutMs);
    expect(runs()).toEqual([[1, 3]]);
    connect();
    expect(runs()).toEqual([
      [1, 3],
      [1, 3],
    ]);
  });

  it('keeps a batch that found no API, and tries again', async () => {
    write(3);
    connect({ ok: false, code: 'no-backend' });
    await Promise.resolve();
    expect(outbox.depth).toBe(3);
    await vi.advanceTimersByTimeAsync(senderDefaults.retryDelayMs);
    expect(runs()).toEqual([
      [1, 3],
      [1, 3],
    ]);
  });

  it('goes on from where the API stands', () => {
    write(25);
    connect();
    sender.acknowledged(ackOf(sent[0], 4));
    expect(runs()).toEqual([
      [1, 10],
      [5, 14],
    ]);
    sender.acknowledged(ackOf(sent[1], 20));
    expect(runs().at(-1)).toEqual([21, 25]);
  });

  it('rests when the API could not move the lane, and then sends it again', () => {
    write(3);
    connect();
    sender.acknowledged(ackOf(sent[0], 0));
    expect(sent).toHaveLength(1);
    vi.advanceTimersByTime(senderDefaults.retryDelayMs);
    expect(runs()).toEqual([
      [1, 3],
      [1, 3],
    ]);
    expect(outbox.depth).toBe(3);
  });

  it.each([
    ['lacks events that are no longer here', 2],
    ['knows events that were never given', 99],
  ])('starts anew and raises a metric when the API %s', async (_case, apiLast) => {
    write(10);
    connect();
    sender.acknowledged(ackOf(sent[0]));
    write(5);
    const before = outbox.id;
    sender.acknowledged(ackOf(sent.at(-1), apiLast));
    expect(outbox.id).not.toBe(before);
    expect(sent.at(-1)).toMatchObject({ outboxId: outbox.id, first: 1, last: 5, lane: LANE });
    expect((await metrics.disagreements.get()).values[0]?.value).toBe(1);
  });

  it('ignores acknowledgements of batches that are not in flight, and what is none', () => {
    write(3);
    connect();
    sender.acknowledged({ ...ackOf(sent[0]), batchId: randomUUID() });
    sender.acknowledged('garbage');
    expect(outbox.depth).toBe(3);
  });
});
