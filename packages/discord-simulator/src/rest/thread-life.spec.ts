import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Bench } from '../../testing/bench.js';
import { SlowmodeActive } from '../actions/slowmode.js';
import { ThreadLocked } from '../actions/speech.js';
import { MAX_ACTIVE_THREADS, MAX_THREAD_MEMBERS } from '../actions/threads.js';
import { demoApplication, startSimulator } from '../index.js';
import type { Control } from '../control/control.js';

const MINUTE_MS = 60_000;
const startAt = new Date('2026-03-01T12:00:00Z');

interface Thread {
  id: string;
  thread_metadata: { archived: boolean; archive_timestamp: string };
}

describe('the life of a thread', () => {
  let bench: Bench;
  let dataDir: string;
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'simulator-'));
    bench = await Bench.start({ startAt, dataDir });
  });
  afterEach(async () => {
    await bench.close();
    await rm(dataDir, { recursive: true });
  });

  const start = (changes: object = {}) =>
    bench.json<Thread>(
      bench.rest('POST', `/channels/${bench.channelId}/threads`, {
        name: 'Topic',
        type: 11,
        auto_archive_duration: 60,
        ...changes,
      }),
      201,
    );
  const isArchived = (id: string, control: Control = bench.control) =>
    control.guilds()[0]!.threads.get(id)!.thread!.isArchived;
  const patch = (id: string, changes: object) => bench.rest('PATCH', `/channels/${id}`, changes);

  it('ends in the archive after its duration without a message', async () => {
    const { id } = await start();
    bench.control.advance(59 * MINUTE_MS);
    bench.control.sendMessage(bench.ownerId, id, 'still here');
    bench.control.advance(59 * MINUTE_MS);
    expect(isArchived(id)).toBe(false);
    bench.control.advance(MINUTE_MS);
    const { thread_metadata } = await bench.json<Thread>(bench.rest('GET', `/channels/${id}`));
    expect(thread_metadata).toMatchObject({ archived: true, archive_timestamp: '2026-03-01T13:59:00.000Z' });
    expect(bench.control.guilds()[0]!.auditLog.filter(({ actionType }) => actionType === 111)).toEqual([]);
  });

  it('tells bots when it is archived, and when a message brings it back', async () => {
    const { id } = await start();
    const client = await bench.login();
    const states: (boolean | null)[] = [];
    client.on('threadUpdate', (_before, after) => states.push(after.archived));
    bench.control.advance(60 * MINUTE_MS);
    bench.control.sendMessage(bench.ownerId, id, 'back');
    await expect.poll(() => states).toEqual([true, false]);
    bench.control.advance(60 * MINUTE_MS);
    expect(isArchived(id)).toBe(true);
  });

  it('counts a new duration as activity', async () => {
    const { id } = await start();
    bench.control.advance(30 * MINUTE_MS);
    await bench.json(patch(id, { auto_archive_duration: 1_440 }));
    bench.control.advance(1_439 * MINUTE_MS);
    expect(isArchived(id)).toBe(false);
    bench.control.advance(MINUTE_MS);
    expect(isArchived(id)).toBe(true);
  });

  it('keeps its deadline over a restart', async () => {
    const { id } = await start();
    bench.control.advance(30 * MINUTE_MS);
    bench.control.sendMessage(bench.ownerId, id, 'half past');
    await bench.close();
    const later = new Date(startAt.getTime() + 89 * MINUTE_MS);
    const again = await startSimulator({ port: 0, seed: 'empty', activity: false, dataDir, startAt: later });
    expect(isArchived(id, again.control)).toBe(false);
    again.control.advance(MINUTE_MS);
    expect(isArchived(id, again.control)).toBe(true);
    await again.close();
  });

  it('is brought back by those in it, unless it is locked', async () => {
    const foreign = bench.control.startThread(bench.ownerId, bench.channelId, { name: 'Of the owner' });
    bench.control.updateThread(foreign.id, { isArchived: true });
    expect(await bench.refusal(patch(foreign.id, { archived: false }))).toEqual([403, 50_013]);
    bench.control.joinThread(foreign.id, demoApplication.id);
    expect(await bench.refusal(patch(foreign.id, { archived: false, name: 'x' }))).toEqual([403, 50_013]);
    expect((await bench.json<Thread>(patch(foreign.id, { archived: false }))).thread_metadata.archived).toBe(false);
    bench.control.updateThread(foreign.id, { isArchived: true, isLocked: true });
    expect(await bench.refusal(patch(foreign.id, { archived: false }))).toEqual([403, 50_013]);
    const person = bench.person('person');
    const write = (userId: string) => bench.control.sendMessage(userId, foreign.id, 'hello');
    expect(() => write(person)).toThrow(ThreadLocked);
    expect(isArchived(foreign.id)).toBe(true);
    write(bench.ownerId);
    expect(isArchived(foreign.id)).toBe(false);
  });

  it('is one of 1,000 active ones at most', async () => {
    const archived = await start();
    await bench.json(patch(archived.id, { archived: true }));
    for (let count = 0; count < MAX_ACTIVE_THREADS; count += 1) {
      bench.control.startThread(bench.ownerId, bench.channelId, { name: 'x' });
    }
    const more = { name: 'x', type: 11 };
    expect(await bench.refusal(bench.rest('POST', `/channels/${bench.channelId}/threads`, more))).toEqual([
      400, 160_006,
    ]);
    expect(await bench.refusal(patch(archived.id, { archived: false }))).toEqual([400, 160_006]);
    expect(bench.control.guilds()[0]!.threads.size).toBe(MAX_ACTIVE_THREADS + 1);
    expect(isArchived(archived.id)).toBe(true);
  });

  it('holds 1,000 people at most', async () => {
    const { id } = await start();
    const person = bench.person('one too many');
    const { members } = bench.control.guilds()[0]!.threads.get(id)!.thread!;
    while (members.length < MAX_THREAD_MEMBERS) members.push({ userId: String(members.length), joinedAt: '' });
    const add = () => bench.rest('PUT', `/channels/${id}/thread-members/${person}`);
    expect(await bench.refusal(add())).toEqual([400, 30_033]);
    expect(members).toHaveLength(MAX_THREAD_MEMBERS);
    members.pop();
    expect((await add()).status).toBe(204);
  });

  it('counts messages, and no longer those that were deleted', async () => {
    const { id } = await start();
    const message = bench.control.sendMessage(bench.ownerId, id, 'one');
    bench.control.sendMessage(bench.ownerId, id, 'two');
    bench.control.deleteMessage(id, message.id);
    expect(await bench.json(bench.rest('GET', `/channels/${id}`))).toMatchObject({
      message_count: 1,
      total_message_sent: 2,
    });
  });

  it('shows who is typing in it', async () => {
    const { id } = await start();
    expect((await bench.rest('POST', `/channels/${id}/typing`)).status).toBe(204);
  });
});

describe('slowmode', () => {
  let bench: Bench;
  let personId: string;
  beforeEach(async () => {
    bench = await Bench.start({ startAt });
    personId = bench.person('person');
    bench.control.updateChannel(bench.channelId, { slowmodeSeconds: 30 });
  });
  afterEach(() => bench.close());

  const write = (userId = personId) => bench.control.sendMessage(userId, bench.channelId, 'hello');

  it('makes people wait, and says for how long', () => {
    write();
    bench.control.advance(10_000);
    bench.say('The owner may write as often as they like.');
    bench.say('They do.');
    expect(() => write()).toThrow(new SlowmodeActive(20));
    bench.control.advance(20_000);
    write();
    expect(bench.control.listSentMessages()).toHaveLength(4);
  });

  it('is answered over HTTP', async () => {
    write();
    const response = await fetch(`${bench.simulator.url}/control/sendMessage`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ userId: personId, channelId: bench.channelId, content: 'again' }),
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({
      error: 'Slowmode is on: this person may write here again in 30 seconds.',
    });
  });

  it('spares bots, and those who manage messages', async () => {
    const role = bench.control.createRole(bench.guildId, { name: 'Mods', permissions: Permission.ManageMessages });
    bench.control.giveRole(bench.guildId, personId, role.id);
    write();
    write();
    const send = () => bench.rest('POST', `/channels/${bench.channelId}/messages`, { content: 'hello' });
    expect((await send()).status).toBe(200);
    expect((await send()).status).toBe(200);
  });
});
