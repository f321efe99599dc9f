import type { Figure, Outcome } from '../measures.ts';
import { type Usage, Worker } from '../workers.ts';
import type { WorldSize } from './host.ts';

const WORLD: WorldSize = { guilds: 200, members: 10_000 };
const SHARDS = 2;
const BURST = { messagesPerSecond: 4_000, count: 40_000 };
/** Until the compilers of both processes have seen enough. */
const WARM_UP = { messagesPerSecond: 4_000, count: 10_000 };
const BAR_MICROSECONDS = 80;

/**
 * What a message costs the simulator that one of two shards hears, in a Discord of 200 guilds, one of them with 10,000 members; beside a
 * bare WebSocket server that sends the same bytes.
 */
export async function benchSimulator(): Promise<Outcome> {
  const listener = new Worker('simulator/listener.ts');
  const host = new Worker('simulator/host.ts');
  const bareHost = new Worker('simulator/bare-host.ts');
  try {
    const emptyMiB = await host.ask<number>('memory');
    const { url, token } = await host.ask<{ url: string; token: string }>('start', WORLD);
    const filledMiB = await host.ask<number>('memory');
    await listener.ask('connect', { url, token, shards: SHARDS });
    await send(host, listener, WARM_UP);
    const usage = await send(host, listener, BURST);
    const frame = await listener.ask<string>('allReceived');
    await listener.ask('connectBare', await bareHost.ask('start'));
    await send(bareHost, listener, { ...WARM_UP, frame });
    const bareUsage = await send(bareHost, listener, { ...BURST, frame });
    return { name: 'simulator', figures: figuresOf({ usage, bareUsage, emptyMiB, filledMiB }) };
  } finally {
    for (const worker of [listener, host, bareHost]) worker.stop();
  }
}

/** Every message has to arrive, or the figure says nothing. */
async function send(host: Worker, listener: Worker, burst: typeof BURST & { frame?: string }): Promise<Usage<number>> {
  await listener.ask('expect', burst.count);
  const usage = await host.ask<Usage<number>>('burst', burst);
  await listener.ask('allReceived');
  return usage;
}

interface Found {
  usage: Usage<number>;
  bareUsage: Usage<number>;
  emptyMiB: number;
  filledMiB: number;
}

function figuresOf({ usage, bareUsage, emptyMiB, filledMiB }: Found): Figure[] {
  const perMessage = usage.cpuMicroseconds / BURST.count;
  return [
    {
      what: 'CPU per message sent to one listener',
      value: perMessage,
      unit: 'µs',
      baseline: { what: 'bare WebSocket server', value: bareUsage.cpuMicroseconds / BURST.count },
      bar: { text: `≤ ${BAR_MICROSECONDS} µs`, isReached: perMessage <= BAR_MICROSECONDS },
    },
    { what: 'messages per second meanwhile', value: BURST.count / (usage.value / 1_000), unit: '/s' },
    {
      what: `memory of ${WORLD.guilds} guilds, one with ${WORLD.members} members`,
      value: filledMiB - emptyMiB,
      unit: 'MiB',
    },
    { what: 'memory of the process after the burst', value: usage.memoryMiB, unit: 'MiB' },
  ];
}
