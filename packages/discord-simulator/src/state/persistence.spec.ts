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
