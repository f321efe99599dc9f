import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Bench } from '../../testing/bench.js';
import { startSimulator } from '../index.js';
import { StateUnusable } from './persistence.js';

describe('the stored state', () => {
  let dataDir: string;
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'simulator-'));
  });
  afterEach(() => rm(dataDir, { recursive: true }));

  const restart = (reset = false) => startSimulator({ port: 0, seed: 'empty', activity: false, dataDir, reset });

  it('survives a restart, and ids go on increasing', async () => {
    const bench = await Bench.start({ dataDir });
    const kept = bench.say('kept');
    const edited = bench.say('typo');
    bench.control.editMessage(bench.channelId, edited, 'mended');
    bench.control.deleteMessage(bench.channelId, bench.say('gone'));
    const before = bench.control.snapshot(bench.guildId);
    await bench.close();

    const simulator = await restart();
    expect(simulator.control.snapshot(bench.guildId)).toEqual(before);
    expect(simulator.control.listSentMessages().map(({ id, content }) => [id, content])).toEqual([
      [kept, 'kept'],
      [edited, 'mended'],
    ]);
    const next = simulator.control.sendMessage(bench.ownerId, bench.channelId, 'next').id;
    expect(BigInt(next)).toBeGreaterThan(BigInt(edited));
    await simulator.close();
  });

  it('remembers threads, voice, invites, events, rules and bans', async () => {
    const bench = await Bench.start({ dataDir });
    const { control, guildId, ownerId } = bench;
    const owner = bench.simulator.scenario().person('owner');
    const personId = bench.person('person');
    const voice = control.createChannel(guildId, { name: 'Voice', type: 2 });
    const startAt = new Date(Date.now() + 3_600_000).toISOString();
    await owner.joins(voice);
    const thread = await owner.startsThread('Topic', { in: 'general' });
    await owner.writes('in the thread', { in: thread });
    await owner.invites({ to: 'general' });
    const event = control.createScheduledEvent(guildId, { name: 'Party', startAt, channelId: voice.id });
    control.setInterest(guildId, event.id, { userId: ownerId, isInterested: true });
    control.createAutoModerationRule(guildId, { name: 'No spam', keywords: ['spam'], actions: [{ type: 1 }] });
    control.ban(guildId, personId, 'rude');
    const before = control.snapshot(guildId);
    const auditLog = control.guilds()[0]!.auditLog;
    await bench.close();

    const simulator = await restart();
    expect(simulator.control.snapshot(guildId)).toEqual(before);
    expect(simulator.control.guilds()[0]!.auditLog).toEqual(auditLog);
    expect(simulator.control.sendMessage(ownerId, thread.id, 'and on').channelId).toBe(thread.id);
    await simulator.close();
  });

  it('stores thousands of people while it runs, piece by piece', async () => {
    const bench = await Bench.start({ dataDir });
    const { id } = await bench.control.createLargeGuild({ name: 'Large', ownerId: bench.ownerId, memberCount: 2_500 });
    const path = join(dataDir, 'state.json');
    await vi.waitFor(async () => expect(await readFile(path, 'utf8')).toContain('person2499'), { timeout: 5_000 });
    const running = await readFile(path, 'utf8');
    const before = bench.control.snapshot(id);
    await bench.close();
    await writeFile(path, running);
    const simulator = await restart();
    expect(simulator.control.snapshot(id)).toEqual(before);
    await simulator.close();
  });

  it('reads what an earlier version stored', async () => {
    const bench = await Bench.start({ dataDir });
    const before = bench.control.snapshot(bench.guildId);
    await bench.close();
    const path = join(dataDir, 'state.json');
    const state: unknown = JSON.parse(await readFile(path, 'utf8'));
    const younger = ['voiceStates', 'invites', 'scheduledEvents', 'autoModerationRules'];
    const without = JSON.stringify(state, (key, value: unknown) => (younger.includes(key) ? undefined : value));
    expect(without).not.toContain('voiceStates');
    await writeFile(path, without);
    const simulator = await restart();
    expect(simulator.control.snapshot(bench.guildId)).toEqual(before);
    await simulator.close();
  });

  it('has messages on disk long before it stops, and survives a line cut short', async () => {
    const bench = await Bench.start({ dataDir });
    const journal = join(dataDir, 'messages.jsonl');
    await vi.waitFor(
      async () => expect(await readFile(join(dataDir, 'state.json'), 'utf8')).toContain(bench.channelId),
      { timeout: 5_000 },
    );
    const id = bench.say('durable');
    await vi.waitFor(async () => expect(await readFile(journal, 'utf8')).toContain(id));
    const copies = await Promise.all(['state.json', 'messages.jsonl'].map((name) => readFile(join(dataDir, name))));
    await bench.close();
    // What a SIGKILL would have left behind.
    await writeFile(join(dataDir, 'state.json'), copies[0]!);
    await writeFile(journal, copies[1]!);
    await appendFile(journal, '{"put":{"id":"12');
    const simulator = await restart();
    expect(simulator.control.listSentMessages().map((message) => message.id)).toEqual([id]);
    await simulator.close();
  });

  it.each(['state.json', 'messages.jsonl'])('refuses a damaged %s in one line that names the way out', async (name) => {
    await (await Bench.start({ dataDir })).close();
    await writeFile(join(dataDir, name), '{"version":\n');
    await expect(restart()).rejects.toThrow(StateUnusable);
    await expect(restart()).rejects.toThrow(/^\S+ is damaged: .*DEMO_RESET=1[^\n]*$/);
    await (await restart(true)).close();
  });
});
