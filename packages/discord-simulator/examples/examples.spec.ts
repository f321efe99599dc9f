import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import { afterEach, expect, it, vi } from 'vitest';
import { demoApplication } from '../src/index.js';
import { Bench } from '../testing/bench.js';

const PERMISSIONS = Permission.ViewChannel | Permission.SendMessages | Permission.ReadMessageHistory;
const LIBRARIES = ['discord.js', 'sapphire', 'oceanic', 'eris'];
/** A process that starts on a busy machine. */
const START_MS = 30_000;

/** An example as a stranger runs it: a process of its own. */
class Example {
  readonly output: string[] = [];

  private constructor(private readonly child: ChildProcess) {
    for (const stream of [child.stdout!, child.stderr!])
      createInterface({ input: stream }).on('line', (line) => this.output.push(line));
  }

  static start(library: string, simulatorUrl: string): Example {
    const file = fileURLToPath(new URL(`${library}/bot.ts`, import.meta.url));
    const env = { ...process.env, SIMULATOR_URL: simulatorUrl, DISCORD_TOKEN: demoApplication.botToken };
    return new Example(spawn(process.execPath, [file], { env, stdio: ['ignore', 'pipe', 'pipe'] }));
  }

  get isRunning(): boolean {
    return this.child.exitCode === null;
  }

  async stop(): Promise<void> {
    if (!this.isRunning) return;
    const exit = once(this.child, 'exit');
    this.child.kill();
    await exit;
  }
}

let bench: Bench | undefined;
let example: Example | undefined;
afterEach(async () => {
  await example?.stop();
  await bench?.close();
});

it.each(LIBRARIES)(
  '%s logs in, knows its guilds, and answers a message, a command and a button',
  async (library) => {
    const refused: string[] = [];
    const warned: unknown[] = [];
    bench = await Bench.start({
      rateLimits: 'discord',
      botPermissions: PERMISSIONS,
      onExchange: ({ method, path, status }) => {
        if (status >= 400) refused.push(`${status} ${method} ${path}`);
      },
      logger: { info: () => undefined, warn: (entry) => warned.push(entry) },
    });
    const { control, ownerId, channelId, simulator } = bench;
    control.createGuild({ name: 'Another', ownerId, botPermissions: PERMISSIONS });
    example = Example.start(library, simulator.url);
    const coin = await vi.waitFor(() => control.runCommand({ userId: ownerId, channelId, name: 'coin' }), {
      timeout: START_MS,
      interval: 100,
    });
    expect(coin).toMatchObject({ status: 'answered', messages: [{ content: 'Heads or tails?' }] });

    bench.say('hello');
    const answers = () => control.listSentMessages({ channelId }).map(({ content }) => content);
    await vi.waitFor(() => expect(answers()).toContain('Hello The Owner! I am in Another, Bench.'), 5_000);

    const messageId = coin.messages[0]!.id;
    const toss = await control.pressButton({ userId: ownerId, channelId, messageId, customId: 'toss' });
    expect(toss).toMatchObject({ status: 'answered', messages: [{ flags: 64 }] });
    expect(toss.messages[0]!.content).toMatch(/^It shows (heads|tails)\.$/);
    // Nobody but the person who tossed is shown it.
    expect(answers()).toEqual(['Heads or tails?', 'hello', 'Hello The Owner! I am in Another, Bench.']);

    expect(example.output.join('\n')).toContain('Guildhall');
    expect({ refused, warned, isRunning: example.isRunning }).toEqual({ refused: [], warned: [], isRunning: true });
  },
  START_MS * 2,
);
