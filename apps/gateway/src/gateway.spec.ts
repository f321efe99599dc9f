import { randomUUID } from 'node:crypto';
import {
  gatewayEvents,
  type Batch,
  type BotAnswer,
  type BotResult,
  type BotStatus,
  type ConnectedBot,
  type Registered,
  type RoutedBatch,
  type RoutingResult,
} from '@guildhall/contracts';
import { pino } from 'pino';
import { io, type Socket } from 'socket.io-client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startGateway, type Gateway } from './index.js';

const SECRET = 'a secret that is long enough for the gateway';

let gateway: Gateway;
let sockets: Socket[] = [];

beforeEach(async () => {
  const config = { GATEWAY_PORT: 0, GATEWAY_SECRET: SECRET };
  gateway = await startGateway(config, { logger: pino({ level: 'silent' }) });
});

afterEach(async () => {
  for (const socket of sockets) socket.disconnect();
  sockets = [];
  await gateway.close();
});

/** The parameters of the next event of this name. */
const next = (socket: Socket, event: string) =>
  new Promise<unknown[]>((resolve) => socket.once(event, (...parameters: unknown[]) => resolve(parameters)));

function connect(url = gateway.url): Socket {
  const socket = io(url, { transports: ['websocket'], reconnection: false, forceNew: true });
  sockets.push(socket);
  return socket;
}

async function register(registration: object): Promise<{ socket: Socket; answer: Registered }> {
  const socket = connect();
  await next(socket, 'connect');
  const registered = next(socket, gatewayEvents.registered);
  socket.emit(gatewayEvents.register, registration);
  const [answer] = (await registered) as [Registered];
  return { socket, answer };
}

const registerBot = async (botId = 'one') =>
  (await register({ type: 'bot', botId, shards: [0], token: SECRET })).socket;
const registerBackend = async (name = 'api') => (await register({ type: 'backend', name, token: SECRET })).socket;

function batchOf(events = 1, lane = 0): Batch {
  const body = Array.from({ length: events }, (_, index) => ({ number: index }));
  return { batchId: randomUUID(), outboxId: randomUUID(), lane, first: 1, last: events, events: body };
}

const offer = async (socket: Socket, payload: unknown) =>
  (await socket.timeout(5_000).emitWithAck(gatewayEvents.toBackend, payload)) as RoutingResult;

describe('registration', () => {
  it('accepts a peer with the secret and says so', async () => {
    const { answer } = await register({ type: 'bot', botId: 'one', token: SECRET });
    expect(answer).toEqual({ success: true, botId: 'one' });
  });

  it('refuses a wrong token with a reason, and closes the connection', async () => {
    const { socket, answer } = await register({ type: 'bot', botId: 'one', token: 'wrong' });
    expect(answer).toMatchObject({ success: false, reason: expect.stringContaining('GATEWAY_SECRET') as string });
    if (socket.connected) await next(socket, 'disconnect');
    expect(socket.connected).toBe(false);
  });

  it('closes a connection that does not register in time', async () => {
    const config = { GATEWAY_PORT: 0, GATEWAY_SECRET: SECRET };
    const strict = await startGateway(config, { logger: pino({ level: 'silent' }), registrationDeadlineMs: 20 });
    const socket = connect(strict.url);
    const [reason] = (await next(socket, 'disconnect')) as [string];
    expect(reason).toBe('io server disconnect');
    await strict.close();
  });

  it('keeps the newest connection of a bot and closes the older one', async () => {
    const older = await registerBot('one');
    const closed = next(older, 'disconnect');
    const newer = await registerBot('one');
    await closed;
    expect(newer.connected).toBe(true);
    const backend = await registerBackend();
    newer.on(gatewayEvents.fromBackend, (_data, answer: (value: BotAnswer) => void) =>
      answer({ ok: true, result: 'newer' }),
    );
    expect(await ask(backend, 'one')).toMatchObject({ ok: true, result: 'newer' });
  });
});

describe('batches', () => {
  it('go to one API, with the id of the bot that registered, and the acknowledgement comes back', async () => {
    const bot = await registerBot('one');
    const backend = await registerBackend();
    const received = next(backend, gatewayEvents.toBackend);
    const batch = batchOf(3);
    expect(await offer(bot, batch)).toEqual({ ok: true });
    const [routed] = (await received) as [RoutedBatch];
    expect(routed).toEqual({ ...batch, botId: 'one' });
    const ack = { batchId: batch.batchId, lane: 0, last: 3, received: 3, timestamp: new Date().toISOString() };
    const acknowledged = next(bot, gatewayEvents.backendAck);
    backend.emit(gatewayEvents.backendAck, ack);
    expect((await acknowledged)[0]).toEqual(ack);
  });

  it('are told to wait while no API is connected', async () => {
    expect(await offer(await registerBot(), batchOf())).toEqual({ ok: false, code: 'no-backend' });
  });

  it('of one lane all go to the same API, and all lanes to the one that is left', async () => {
    const bot = await registerBot();
    const backends = await Promise.all([registerBackend('a'), registerBackend('b')]);
    const seen: { lane: number; api: number }[] = [];
    backends.forEach((backend, api) =>
      backend.on(gatewayEvents.toBackend, ({ lane }: RoutedBatch) => seen.push({ lane, api })),
    );
    const lanes = Array.from({ length: 16 }, (_, lane) => lane);
    for (const lane of [...lanes, ...lanes]) await offer(bot, batchOf(1, lane));
    await expect.poll(() => seen.length).toBe(32);
    const apisOf = (lane: number) => new Set(seen.filter((entry) => entry.lane === lane).map(({ api }) => api));
    expect(lanes.every((lane) => apisOf(lane).size === 1)).toBe(true);
    expect(new Set(seen.map(({ api }) => api)).size).toBe(2);
    backends[0].disconnect();
    seen.length = 0;
    await expect.poll(async () => (await fetchHealth()).dependencies['backends']?.detail).toBe('1 connected');
    for (const lane of lanes) await offer(bot, batchOf(1, lane));
    await expect.poll(() => seen.length).toBe(16);
    expect(seen.every(({ api }) => api === 1)).toBe(true);
  });

  it('come back to a bot that reconnected meanwhile', async () => {
    const bot = await registerBot('one');
    const backend = await registerBackend();
    const batch = batchOf();
    await offer(bot, batch);
    const again = await registerBot('one');
    const acknowledged = next(again, gatewayEvents.backendAck);
    const timestamp = new Date().toISOString();
    backend.emit(gatewayEvents.backendAck, { batchId: batch.batchId, lane: 0, last: 1, received: 1, timestamp });
    expect(((await acknowledged) as unknown as [{ batchId: string }])[0].batchId).toBe(batch.batchId);
  });

  it.each([
    ['garbage', 'garbage'],
    ['nothing', null],
    ['a run that does not fit its events', { ...batchOf(3), last: 7 }],
    ['10,000 events', batchOf(10_000)],
  ])('with %s are refused, and other connections go on', async (_name, payload) => {
    const bot = await registerBot('bad');
    const other = await registerBot('good');
    const backend = await registerBackend();
    let received = 0;
    backend.on(gatewayEvents.toBackend, () => received++);
    expect(await offer(bot, payload)).toEqual({ ok: false, code: 'malformed' });
    expect(await offer(other, batchOf())).toEqual({ ok: true });
    await expect.poll(() => received).toBe(1);
    expect(await metrics()).toContain('gateway_refused_total{reason="malformed"} 1');
  });

  it('larger than the protocol allows end the connection that sent them, and no other', async () => {
    const bot = await registerBot('bad');
    const other = await registerBot('good');
    await registerBackend();
    const closed = next(bot, 'disconnect');
    bot.emit(gatewayEvents.toBackend, { ...batchOf(), events: ['x'.repeat(9 * 1024 * 1024)] });
    await closed;
    expect(await offer(other, batchOf())).toEqual({ ok: true });
  });

  it('of an unregistered sender are refused', async () => {
    const backend = await registerBackend();
    let received = 0;
    backend.on(gatewayEvents.toBackend, () => received++);
    const stranger = connect();
    await next(stranger, 'connect');
    expect(await offer(stranger, batchOf())).toEqual({ ok: false, code: 'unregistered' });
    expect(await offer(await registerBot(), batchOf())).toEqual({ ok: true });
    await expect.poll(() => received).toBe(1);
  });

  it('of an API are refused, which may not speak for bots', async () => {
    const backend = await registerBackend();
    expect(await offer(backend, batchOf())).toEqual({ ok: false, code: 'not-allowed' });
  });
});

const ask = async (backend: Socket, botId: string, data: unknown = { type: 'ping' }) =>
  (await backend.timeout(5_000).emitWithAck(gatewayEvents.toBot, { botId, data })) as BotResult;

describe('commands to bots', () => {
  it('carry the answer back, with the time it took', async () => {
    const bot = await registerBot('one');
    const backend = await registerBackend();
    bot.on(gatewayEvents.fromBackend, (data, answer: (value: BotAnswer) => void) => answer({ ok: true, result: data }));
    const result = await ask(backend, 'one');
    expect(result).toEqual({ ok: true, result: { type: 'ping' }, gatewayToBotMs: expect.any(Number) as number });
  });

  it('say that a bot is not connected', async () => {
    expect(await ask(await registerBackend(), 'nobody')).toMatchObject({ ok: false, code: 'bot-unreachable' });
  });

  it('say that the bot answered something else than an answer', async () => {
    const bot = await registerBot('one');
    bot.on(gatewayEvents.fromBackend, (_data, answer: (value: unknown) => void) => answer({ yes: 1 }));
    expect(await ask(await registerBackend(), 'one')).toMatchObject({ ok: false, code: 'failed' });
  });

  it('say at once that the bot left without an answer', async () => {
    const bot = await registerBot('one');
    bot.on(gatewayEvents.fromBackend, () => bot.disconnect());
    expect(await ask(await registerBackend(), 'one')).toMatchObject({ ok: false, code: 'bot-unreachable' });
  });

  it('that are not commands are refused', async () => {
    expect(await ask(await registerBackend(), 'one', { type: 'format-disk' })).toMatchObject({
      ok: false,
      code: 'refused',
    });
  });

  it('can be meant for all bots', async () => {
    const bots = await Promise.all([registerBot('one'), registerBot('two')]);
    const heard = Promise.all(bots.map((bot) => next(bot, gatewayEvents.fromBackend)));
    (await registerBackend()).emit(gatewayEvents.broadcastToBots, { type: 'ping' });
    expect((await heard).map(([data]) => data as unknown)).toEqual([{ type: 'ping' }, { type: 'ping' }]);
  });
});

describe('the list of bots', () => {
  it('is told to an API at its registration and at every change', async () => {
    const bot = await registerBot('one');
    const lists: ConnectedBot[][] = [];
    const backend = connect();
    backend.on(gatewayEvents.bots, (bots: ConnectedBot[]) => lists.push(bots));
    await next(backend, 'connect');
    backend.emit(gatewayEvents.register, { type: 'backend', token: SECRET });
    await expect.poll(() => lists.at(-1)?.map(({ botId }) => botId)).toEqual(['one']);
    await registerBot('two');
    await expect.poll(() => lists.at(-1)?.map(({ botId }) => botId)).toEqual(['one', 'two']);
    bot.disconnect();
    await expect.poll(() => lists.at(-1)?.map(({ botId }) => botId)).toEqual(['two']);
  });
});

interface HealthAnswer {
  status: string;
  dependencies: Record<string, { status: string; detail?: string } | undefined>;
}
const fetchHealth = async () => (await (await fetch(`${gateway.url}/health`)).json()) as HealthAnswer;
const metrics = async () => (await fetch(`${gateway.url}/metrics`)).text();

describe('the status server', () => {
  it('is healthy and lists who is connected', async () => {
    await registerBot();
    expect(await fetchHealth()).toMatchObject({
      status: 'healthy',
      dependencies: { bots: { status: 'up', detail: '1 connected' }, backends: { status: 'down' } },
    });
  });

  it('knows nothing else', async () => {
    expect((await fetch(`${gateway.url}/secrets`)).status).toBe(404);
    expect((await fetch(`${gateway.url}/health`, { method: 'POST' })).status).toBe(405);
  });
});

it('says what to do when its port is taken', async () => {
  const port = Number(new URL(gateway.url).port);
  await expect(startGateway({ GATEWAY_PORT: port, GATEWAY_SECRET: SECRET })).rejects.toThrow(
    /already in use.*GATEWAY_PORT/,
  );
});

describe('what peers say of themselves', () => {
  const status: BotStatus = {
    shards: [{ id: 0, status: 'ready', latencyMs: 12, uptimeSeconds: 60, guildCount: 3 }],
    uptimeSeconds: 61,
    outboxDepth: 7,
    lanes: [{ lane: 2, waiting: 7 }],
    reportedAt: '2026-11-20T12:00:00.000Z',
  };
  const botsAt = (backend: Socket) => {
    const lists: ConnectedBot[][] = [];
    backend.on(gatewayEvents.bots, (bots: ConnectedBot[]) => lists.push(bots));
    return () => lists.at(-1);
  };

  it('is told to the APIs, to those that come later too', async () => {
    const shown = botsAt(await registerBackend());
    const bot = await registerBot();
    bot.emit(gatewayEvents.botStatus, status);
    await expect.poll(shown).toMatchObject([{ botId: 'one', status }]);
    const socket = connect();
    const lists = next(socket, gatewayEvents.bots);
    const report = next(socket, gatewayEvents.gatewayStatus);
    socket.emit(gatewayEvents.register, { type: 'backend', token: SECRET });
    expect(await lists).toMatchObject([[{ botId: 'one', status }]]);
    expect(await report).toMatchObject([{ bots: 1, backends: 2, batchesInFlight: 0 }]);
  });

  it('is passed over when it is malformed, or an API says it', async () => {
    const backend = await registerBackend();
    const shown = botsAt(backend);
    const bot = await registerBot();
    bot.emit(gatewayEvents.botStatus, { ...status, outboxDepth: 'many' });
    backend.emit(gatewayEvents.botStatus, status);
    bot.emit(gatewayEvents.botStatus, { ...status, outboxDepth: 8 });
    await expect.poll(shown).toMatchObject([{ status: { outboxDepth: 8 } }]);
    const text = await (await fetch(`${gateway.url}/metrics`)).text();
    expect(text).toContain('gateway_refused_total{reason="malformed"} 1');
    expect(text).toContain('gateway_refused_total{reason="not-allowed"} 1');
  });
});

describe('a peer that went silent without closing', () => {
  /** A bot that registers and then answers nothing, not even heartbeats. */
  async function registerFrozenBot(url: string): Promise<{ handshake: string; close: () => void }> {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`);
    const handshake = await new Promise<string>((resolve) => {
      socket.addEventListener('message', ({ data }) => {
        const frame = String(data);
        // Engine.IO's "open", then Socket.IO's "connect". @see https://socket.io/docs/v4/engine-io-protocol/
        if (frame.startsWith('0')) socket.send('40');
        if (frame.startsWith('0')) resolve(frame.slice(1));
        if (frame.startsWith('40')) {
          socket.send(`42${JSON.stringify([gatewayEvents.register, { type: 'bot', botId: 'frozen', token: SECRET }])}`);
        }
      });
    });
    return { handshake, close: () => socket.close() };
  }

  it('is found by its missing heartbeats, and the APIs are told', async () => {
    const config = { GATEWAY_PORT: 0, GATEWAY_SECRET: SECRET };
    const heartbeat = { intervalMs: 50, timeoutMs: 50 };
    const strict = await startGateway(config, { logger: pino({ level: 'silent' }), heartbeat });
    const backend = connect(strict.url);
    const lists: string[][] = [];
    backend.on(gatewayEvents.bots, (bots: ConnectedBot[]) => lists.push(bots.map(({ botId }) => botId)));
    backend.on('connect', () => backend.emit(gatewayEvents.register, { type: 'backend', token: SECRET }));
    await expect.poll(() => lists).toEqual([[]]);
    const frozen = await registerFrozenBot(strict.url);
    await expect.poll(() => lists, { timeout: 10_000 }).toEqual([[], ['frozen'], []]);
    expect(backend.connected).toBe(true);
    frozen.close();
    await strict.close();
  });

  it('is found within 30 seconds by a gateway as it is shipped', async () => {
    const { handshake, close } = await registerFrozenBot(gateway.url);
    const { pingInterval, pingTimeout } = JSON.parse(handshake) as { pingInterval: number; pingTimeout: number };
    expect(pingInterval + pingTimeout).toBeLessThanOrEqual(30_000);
    close();
  });
});
