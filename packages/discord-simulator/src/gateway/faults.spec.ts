import { Events } from 'discord.js';
import { describe, expect, it, vi } from 'vitest';
import { Bench } from '../../testing/bench.js';
import { WatchedClient } from '../../testing/watched-client.js';
import type { SimulatorOptions } from '../index.js';

/** A bot that has heard one message, and what it has to hear after a fault. */
class Stage {
  private constructor(
    readonly bench: Bench,
    readonly bot: WatchedClient,
  ) {}

  static async play(act: (stage: Stage) => Promise<void>, options: Partial<SimulatorOptions> = {}): Promise<void> {
    const bench = await Bench.start(options);
    try {
      const bot = await WatchedClient.login(bench);
      bench.say('before');
      await vi.waitFor(() => expect(bot.seen).toEqual(['before']), 5_000);
      await act(new Stage(bench, bot));
    } finally {
      await bench.close();
    }
  }

  get control() {
    return this.bench.control;
  }

  /** What happens meanwhile arrives once, in its order, and so does what comes after. */
  async resumesAfter(fault: () => void): Promise<void> {
    const { bench, bot } = this;
    fault();
    bench.say('during 1');
    bench.say('during 2');
    await bot.until('resumed');
    bench.say('after');
    await vi.waitFor(() => expect(bot.seen).toContain('after'), 5_000);
    expect(bot.seen).toEqual(['before', 'during 1', 'during 2', 'after']);
    expect(bot.past).not.toContain('identified');
  }

  /** A new session knows nothing of what happened before it. */
  async identifiesAfter(fault: () => void): Promise<void> {
    const { bench, bot } = this;
    fault();
    bench.say('during');
    await bot.until('identified');
    bench.say('after');
    await vi.waitFor(() => expect(bot.seen).toContain('after'), 5_000);
    expect(bot.seen).toEqual(['before', 'after']);
    expect(bot.past).not.toContain('resumed');
    expect(bot.client.guilds.cache.get(bench.guildId)?.available).toBe(true);
  }
}

// What is to be done at each code is in the table that Discord gives:
// https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes
describe.concurrent('discord.js', () => {
  it.each([undefined, 1001, 1011, 1012, 4000, 4001, 4002, 4009, 4321])(
    'resumes after a socket closed with %s',
    (code) => Stage.play((stage) => stage.resumesAfter(() => expect(stage.control.dropSockets({ code })).toBe(1))),
  );

  it.each([1000, 4003, 4005, 4007, 4008])('begins a new session after a socket closed with %s', (code) =>
    Stage.play((stage) => stage.identifiesAfter(() => stage.control.dropSockets({ code }))),
  );

  it.each([4004, 4010, 4011, 4012, 4013, 4014])('gives up after a socket closed with %s', (code) =>
    Stage.play(async ({ control, bot }) => {
      control.dropSockets({ code });
      await bot.until(code);
      expect(bot.past).toEqual([code]);
      expect(control.connections()).toEqual([]);
    }),
  );

  it('resumes when it is asked to reconnect', () =>
    Stage.play((stage) => stage.resumesAfter(() => stage.control.askToReconnect())));

  it('resumes in the same socket when its session is invalid but resumable', () =>
    Stage.play(async (stage) => {
      await stage.resumesAfter(() => stage.control.invalidateSessions({ isResumable: true }));
      expect(stage.bot.past).toEqual(['resumed']);
    }));

  it('begins a new session when its own is invalid', () =>
    Stage.play((stage) => stage.identifiesAfter(() => stage.control.invalidateSessions({ isResumable: false }))));

  it('begins a new session when a resume is refused', () =>
    Stage.play((stage) =>
      stage.identifiesAfter(() => {
        stage.control.refuseResumes(1);
        stage.control.dropSockets({ code: 4000 });
      }),
    ));

  it('begins a new session when it comes back too late', () =>
    Stage.play((stage) =>
      stage.identifiesAfter(() => {
        stage.control.dropSockets();
        void vi
          .waitFor(() => expect(stage.control.connections()).toEqual([]))
          .then(() => stage.control.advance(180_000));
      }),
    ));

  it('resumes when its heartbeats are not acknowledged, and hears everything once the silence ends', () =>
    Stage.play(
      async ({ control, bench, bot }) => {
        control.freeze();
        bench.say('during');
        await bot.until('reconnecting');
        control.freeze(false);
        await bot.until('resumed');
        bench.say('after');
        await vi.waitFor(() => expect(bot.seen).toContain('after'), 5_000);
        expect(bot.seen).toEqual(['before', 'during', 'after']);
        expect(bot.past).not.toContain('identified');
      },
      { heartbeatIntervalMs: 1_000 },
    ));

  it('hears everything once when it is cut again as soon as it has resumed', () =>
    Stage.play(async ({ control, bench, bot }) => {
      control.dropSockets();
      bench.say('during 1');
      await bot.until('resumed');
      control.dropSockets({ code: 4000 });
      bench.say('during 2');
      await vi.waitFor(() => expect(bot.past.filter((event) => event === 'resumed')).toHaveLength(2), 10_000);
      expect(bot.seen).toEqual(['before', 'during 1', 'during 2']);
    }));

  it('resumes the shard that was cut, and no other', () =>
    Stage.play(async ({ control, bench, bot }) => {
      const client = await bench.login({ shards: [0, 1], shardCount: 2 });
      const resumed: number[] = [];
      client.on(Events.ShardResume, (shard) => void resumed.push(shard));
      expect(control.dropSockets({ shard: 1 })).toBe(1);
      await vi.waitFor(() => expect(resumed).toEqual([1]), 10_000);
      expect(bot.past).toEqual([]);
    }));
});
