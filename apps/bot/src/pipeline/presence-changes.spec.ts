import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BotEventData } from '@guildhall/contracts';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { laneOf } from './lanes.js';
import { Outbox } from './outbox.js';
import { PresenceChanges } from './presence-changes.js';

const GUILD = '800000000000000001';
const WINDOW_MS = 2_000;

let folder: string;
let outbox: Outbox;
let presences: PresenceChanges;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  folder = mkdtempSync(join(tmpdir(), 'guildhall-presences-'));
  outbox = new Outbox(join(folder, 'outbox.sqlite'), { onFailure: (error) => expect.unreachable(String(error)) });
  presences = new PresenceChanges(outbox, WINDOW_MS);
});

afterEach(() => {
  presences.stop();
  outbox.close();
  rmSync(folder, { recursive: true });
  vi.useRealTimers();
});

const presence = (userId: number, status: string) => ({ user: { id: String(userId) }, status });

/** What was told so far, event by event. */
function told(): Record<string, string>[] {
  outbox.commit();
  const run = outbox.read(laneOf(GUILD), 1, { limit: 1_000, maxBytes: Number.MAX_SAFE_INTEGER });
  return (run?.events ?? []).map((event) => {
    const { data } = event as { data: BotEventData<'presence_update'> };
    return Object.fromEntries(data.presences.map(({ userId, status }) => [userId, status]));
  });
}

it('tells the last status of everybody who changed theirs within a moment, in one event', () => {
  for (const status of ['idle', 'dnd', 'online']) presences.take(GUILD, presence(1, status));
  presences.take(GUILD, presence(2, 'idle'));
  expect(told()).toEqual([]);
  vi.advanceTimersByTime(WINDOW_MS);
  expect(told()).toEqual([{ 1: 'online', 2: 'idle' }]);
  vi.advanceTimersByTime(WINDOW_MS * 5);
  expect(told()).toHaveLength(1);
});

it('tells nothing of songs and games, and of who only looked away for a moment', () => {
  presences.listed(GUILD, [presence(1, 'online')]);
  presences.take(GUILD, presence(1, 'online'));
  presences.take(GUILD, presence(2, 'offline'));
  presences.take(GUILD, presence(1, 'idle'));
  presences.take(GUILD, presence(1, 'online'));
  vi.advanceTimersByTime(WINDOW_MS);
  expect(told()).toEqual([]);
  presences.take(GUILD, presence(1, 'offline'));
  vi.advanceTimersByTime(WINDOW_MS);
  presences.take(GUILD, presence(1, 'online'));
  vi.advanceTimersByTime(WINDOW_MS);
  expect(told()).toEqual([{ 1: 'offline' }, { 1: 'online' }]);
});

it('tells that somebody is offline where it does not know what the API was told', () => {
  presences.take(GUILD, presence(1, 'offline'));
  vi.advanceTimersByTime(WINDOW_MS);
  expect(told()).toEqual([{ 1: 'offline' }]);
});

it('makes few events of a flood', () => {
  for (let round = 0; round < 20; round++) {
    for (let person = 1; person <= 2_500; person++) presences.take(GUILD, presence(person, round % 2 ? 'idle' : 'dnd'));
  }
  vi.advanceTimersByTime(WINDOW_MS);
  expect(told().map((statuses) => Object.keys(statuses).length)).toEqual([1_000, 1_000, 500]);
});

it('tells what is left at the end of the process, and nothing of a guild that the bot left', () => {
  presences.take(GUILD, presence(1, 'idle'));
  presences.take('800000000000000002', presence(1, 'idle'));
  presences.forget('800000000000000002');
  presences.stop();
  expect(told()).toEqual([{ 1: 'idle' }]);
  expect(outbox.depth).toBe(1);
});
