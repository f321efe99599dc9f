import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { BotEventEnvelope } from '@guildhall/contracts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { builtFile } from '../../test/built.js';
import { snowflake } from './translate/snowflakes.js';
import { laneOf } from './lanes.js';
import { Outbox } from './outbox.js';

const GUILD = '800000000000000001';
const LANE = laneOf(GUILD);

let folder: string;
let path: string;
const open = new Set<Outbox>();

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'guildhall-outbox-'));
  path = join(folder, 'bot', 'outbox.sqlite');
});

afterEach(() => {
  for (const outbox of open) outbox.close();
  open.clear();
  rmSync(folder, { recursive: true });
});

function openOutbox(): Outbox {
  const outbox = new Outbox(path, { onFailure: (error) => expect.unreachable(String(error)) });
  open.add(outbox);
  return outbox;
}

function close(outbox: Outbox): void {
  outbox.close();
  open.delete(outbox);
}

const event = (number: number, guildId = GUILD): BotEventEnvelope => ({
  id: randomUUID(),
  type: 'message_create',
  guildId: snowflake(guildId),
  data: { number },
  timestamp: new Date().toISOString(),
});

const everything = { limit: 1_000_000, maxBytes: Number.MAX_SAFE_INTEGER };

const numbersIn = (outbox: Outbox, first = 1) =>
  outbox.read(LANE, first, everything)?.events.map((entry) => (entry as { data: { number: number } }).data.number);

function filesWith(text: string): string[] {
  const bot = join(folder, 'bot');
  return readdirSync(bot).filter((name) => readFileSync(join(bot, name)).includes(text));
}

describe('an outbox', () => {
  it('numbers the events of a lane without gaps, over a reopening too', () => {
    const before = openOutbox();
    for (let number = 1; number <= 250; number++) before.append({ events: [event(number)] });
    close(before);
    const after = openOutbox();
    after.append({ events: [event(251)] });
    after.commit();
    expect(after.id).toBe(before.id);
    expect(after.lane(LANE)).toEqual({ last: 251, acknowledged: 0 });
    expect(numbersIn(after)).toEqual(Array.from({ length: 251 }, (_, index) => index + 1));
  });

  it('goes on counting after everything was acknowledged and the process ended', () => {
    const before = openOutbox();
    before.append({ events: [event(1), event(2)] });
    before.commit();
    before.acknowledge(LANE, 2);
    close(before);
    const after = openOutbox();
    expect(after.depth).toBe(0);
    after.append({ events: [event(3)] });
    after.commit();
    expect(after.read(LANE, 3, everything)).toMatchObject({ first: 3, last: 3 });
  });

  it('commits soon by itself, and says so', async () => {
    const outbox = openOutbox();
    const told = new Promise<void>((resolve) => outbox.onEvents(resolve));
    outbox.append({ events: [event(1)] });
    expect(outbox.depth).toBe(0);
    await told;
    expect(outbox.depth).toBe(1);
  });

  it('keeps the position of a Discord session together with the events', () => {
    const before = openOutbox();
    before.append({ events: [event(1)], session: { shard: 0, info: { sequence: 7 } } });
    before.append({ events: [event(2)], session: { shard: 0, info: { sequence: 8 } } });
    before.append({ session: { shard: 1, info: { sequence: 3 } } });
    before.append({ session: { shard: 1, info: null }, memberList: { guildId: GUILD, isWanted: true } });
    close(before);
    const after = openOutbox();
    expect(after.sessions).toEqual(new Map([[0, { sequence: 8 }]]));
    expect(after.wantedMemberLists()).toEqual([GUILD]);
  });

  it('remembers whose past messages are wanted, and for good whose were imported', () => {
    const wanted = { guildId: GUILD, isWanted: true };
    const before = openOutbox();
    before.append({ messageHistory: wanted });
    before.append({ messageHistory: { ...wanted, guildId: '2' } });
    close(before);
    const after = openOutbox();
    expect(after.wantedMessageHistories().toSorted()).toEqual(['2', GUILD]);
    after.append({ events: [event(1)], messageHistory: { guildId: GUILD, isWanted: false } });
    after.append({ messageHistory: wanted });
    after.commit();
    expect(after.wantedMessageHistories()).toEqual(['2']);
    expect([GUILD, '2'].map((guildId) => after.isMessageHistoryImported(guildId))).toEqual([true, false]);
  });

  it('wants past messages again of a guild that was forgotten', () => {
    const outbox = openOutbox();
    outbox.append({ messageHistory: { guildId: GUILD, isWanted: false } });
    outbox.append({ forgottenHistory: GUILD, messageHistory: { guildId: GUILD, isWanted: true } });
    outbox.commit();
    expect(outbox.isMessageHistoryImported(GUILD)).toBe(false);
    expect(outbox.wantedMessageHistories()).toEqual([GUILD]);
  });

  it('leaves no trace of what was delivered in any of its files', () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const outbox = openOutbox();
      const secret = 'what nobody else may read';
      const told = Array.from({ length: 50 }, (_, number) => ({ ...event(number), data: { secret } }));
      outbox.append({ events: told });
      outbox.commit();
      expect(filesWith(secret)).not.toEqual([]);
      outbox.acknowledge(LANE, told.length);
      outbox.commit();
      vi.advanceTimersByTime(10_000);
      expect(filesWith(secret)).toEqual([]);
    } finally {
      vi.useRealTimers();
    }
  });

  it('ends a run before it grows too large, but never gives none', () => {
    const outbox = openOutbox();
    outbox.append({ events: [event(1), event(2), event(3)] });
    outbox.commit();
    expect(outbox.read(LANE, 1, { limit: 2, maxBytes: 1_000_000 })).toMatchObject({ first: 1, last: 2 });
    expect(outbox.read(LANE, 2, { limit: 9, maxBytes: 1 })).toMatchObject({ first: 2, last: 2 });
    expect(outbox.read(LANE, 4, everything)).toBeUndefined();
  });

  it('starts anew under another id, with what is left numbered from 1', () => {
    const outbox = openOutbox();
    outbox.append({ events: [event(1), event(2), event(3), event(4)] });
    outbox.commit();
    outbox.acknowledge(LANE, 1);
    const { id } = outbox;
    outbox.startAnew();
    expect(outbox.id).not.toBe(id);
    expect(outbox.lane(LANE)).toEqual({ last: 3, acknowledged: 0 });
    expect(numbersIn(outbox)).toEqual([2, 3, 4]);
  });

  it('ignores an acknowledgement beyond what it gave', () => {
    const outbox = openOutbox();
    outbox.append({ events: [event(1)] });
    outbox.commit();
    outbox.acknowledge(LANE, 5);
    expect(outbox.depth).toBe(1);
  });

  it('is refused to a second process, and when it is damaged or newer, with what to do', () => {
    const holder = openOutbox();
    expect(() => openOutbox()).toThrow(/in use by another bot.*BOT_ID/);
    close(holder);
    writeFileSync(path, 'this is not a database, however long one looks at it'.repeat(200));
    expect(() => openOutbox()).toThrow(/is damaged; move it away/);
  });

  it('is refused where nothing can be written', () => {
    writeFileSync(join(folder, 'bot'), 'a file where the folder should be');
    expect(() => openOutbox()).toThrow(/cannot write to .*GUILDHALL_DATA_DIR/);
  });

  it('has lost nothing that it said was committed, when its process is killed in mid-write', async () => {
    const writer = join(import.meta.dirname, '../../test/outbox-writer.mjs');
    const parameters = [writer, builtFile('pipeline/outbox.js'), path, GUILD];
    const child = spawn(process.execPath, parameters, { stdio: ['ignore', 'pipe', 'inherit'] });
    let committed = 0;
    for await (const line of createInterface({ input: child.stdout })) {
      committed = Number(line);
      if (committed >= 500) break;
    }
    child.kill('SIGKILL');
    await once(child, 'exit');
    const outbox = openOutbox();
    const { last } = outbox.lane(LANE);
    expect(last).toBeGreaterThanOrEqual(committed);
    expect(numbersIn(outbox)).toEqual(Array.from({ length: last }, (_, index) => index + 1));
    expect(outbox.sessions.get(0)).toEqual({ sequence: last });
  });
});
