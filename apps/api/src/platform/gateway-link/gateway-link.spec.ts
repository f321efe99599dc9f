import { randomUUID } from 'node:crypto';
import {
  type BackendAck,
  type Batch,
  type BotAnswer,
  type BotCommand,
  INTERACTION_CONTEXT_HEADER,
  pingSchema,
  problemCode,
  type Problem,
  type RoutingResult,
} from '@guildhall/contracts';
import { pino } from 'pino';
import { io, type Socket } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { type Gateway, startGateway } from '../../../../gateway/src/index.js';
import { TEST_GATEWAY_SECRET, TEST_SERVICE_TOKEN } from '../../../testing/api.js';
import { event, id, message, snapshot, TestLane } from '../../../testing/bot-events.js';
import {
  type IngestApp,
  type MigratedDatabase,
  migratedDatabase,
  startIngestApp,
} from '../../../testing/ingest-app.js';
import { signIn } from '../../../testing/people.js';
import { BatchIntake } from './batch-intake.js';
import { GatewayLink } from './gateway-link.js';

const GUILD = id(1_000);

let database: MigratedDatabase;
let gateway: Gateway;
let gatewayPort: number;
let api: IngestApp;
const bots: TestBot[] = [];

const openGateway = (port: number): Promise<Gateway> =>
  startGateway({ GATEWAY_PORT: port, GATEWAY_SECRET: TEST_GATEWAY_SECRET }, { logger: pino({ level: 'silent' }) });

beforeAll(async () => {
  database = await migratedDatabase(inject('postgresUrl'));
  gateway = await openGateway(0);
  gatewayPort = Number(new URL(gateway.url).port);
  api = await startIngestApp(database.url, { GATEWAY_URL: gateway.url });
  await api.ingest.store(new TestLane(15).batch(event('guild_sync', GUILD, snapshot(GUILD))), 'bot');
  await vi.waitFor(async () => expect(await gatewayHealth()).toBe('up'), { timeout: 10_000 });
});

afterEach(() => {
  for (const bot of bots.splice(0)) bot.socket.disconnect();
});

afterAll(async () => {
  await api?.close();
  await gateway?.close();
  await database?.close();
});

async function gatewayHealth(): Promise<string | undefined> {
  const response = await fetch(`${api.url}/health`);
  const { dependencies } = (await response.json()) as { dependencies: Record<string, { status: string }> };
  return dependencies.gateway?.status;
}

/** The socket of a bot, on the real gateway. */
class TestBot {
  readonly socket: Socket;
  readonly acks: BackendAck[] = [];
  private registrations = 0;

  constructor(
    readonly botId: string,
    answer: (command: BotCommand) => BotAnswer = () => ({ ok: false, code: 'refused', detail: 'busy' }),
  ) {
    this.socket = io(gateway.url, { transports: ['websocket'], forceNew: true });
    this.socket.on('connect', () => this.socket.emit('register', { type: 'bot', botId, token: TEST_GATEWAY_SECRET }));
    this.socket.on('registered', ({ success }: { success: boolean }) => (this.registrations += success ? 1 : 0));
    this.socket.on('backend-ack', (ack: BackendAck) => this.acks.push(ack));
    this.socket.on('from-backend', (command: BotCommand, reply: (answer: BotAnswer) => void) => reply(answer(command)));
    bots.push(this);
  }

  /** Waits until the gateway and the API know this connection, and no older one of the same name. */
  async registered(times = 1): Promise<this> {
    await expect.poll(() => this.registrations, { timeout: 10_000 }).toBe(times);
    await expect.poll(() => api.app.get(GatewayLink).isBotConnected(this.botId), { timeout: 10_000 }).toBe(true);
    return this;
  }

  async send(batch: unknown): Promise<RoutingResult> {
    return (await this.socket.timeout(5_000).emitWithAck('to-backend', batch)) as RoutingResult;
  }

  async acknowledged(batch: Batch): Promise<BackendAck> {
    await expect
      .poll(() => this.acks.find(({ batchId }) => batchId === batch.batchId), { timeout: 10_000 })
      .toBeDefined();
    return this.acks.find(({ batchId }) => batchId === batch.batchId)!;
  }
}

let nextMessage = 1;
const creates = (count: number) =>
  Array.from({ length: count }, () => event('message_create', GUILD, message(id(50_000 + nextMessage++))));

async function countMessages(): Promise<number> {
  const { rows } = await database.pool.query<{ n: string }>('select count(*) as n from messages');
  return Number(rows[0]?.n);
}

describe('batches', () => {
  it('come from the bot through the gateway into the database, and are acknowledged after that', async () => {
    const bot = await new TestBot('bot-a').registered();
    const lane = new TestLane();
    const batch = lane.batch(...creates(3));
    expect(await bot.send(batch)).toEqual({ ok: true });
    expect(await bot.acknowledged(batch)).toMatchObject({ lane: 3, last: 3, received: 3 });
    const { rows } = await database.pool.query('select bot_id from lanes where outbox_id = $1', [lane.outboxId]);
    expect(rows).toEqual([{ bot_id: 'bot-a' }]);
  });

  it('are stored once when the API died between the commit and the acknowledgement', async () => {
    const bot = await new TestBot('bot-a').registered();
    const lane = new TestLane();
    const batch = lane.batch(...creates(5));
    // Committed, and nobody heard of it.
    await api.ingest.store(batch, 'bot-a');
    const before = await countMessages();
    const again = { ...batch, batchId: randomUUID() };
    await bot.send(again);
    expect((await bot.acknowledged(again)).last).toBe(5);
    expect(await countMessages()).toBe(before);
  });

  it('are not acknowledged while the database cannot take them, and are stored when they come again', async () => {
    const bot = await new TestBot('bot-a').registered();
    const batch = new TestLane().batch(...creates(2));
    await database.pool.query('alter table lanes rename to lanes_away');
    await bot.send(batch);
    const witness = { ...batch, batchId: randomUUID() };
    await bot.send(witness);
    await expect.poll(() => api.app.get(BatchIntake).isIdle).toBe(true);
    await database.pool.query('alter table lanes_away rename to lanes');
    expect(bot.acks).toEqual([]);
    const again = { ...batch, batchId: randomUUID() };
    await bot.send(again);
    expect((await bot.acknowledged(again)).last).toBe(2);
  });

  it.each([
    ['of 10,000 events', () => new TestLane().batch(...creates(10_000))],
    ['of garbage', () => ({ rubbish: ['x'] })],
    ['that do not match their numbers', () => ({ ...new TestLane().batch(...creates(2)), last: 7 })],
    ['of a bot that claims another name', () => ({ ...new TestLane().batch(...creates(1)), botId: 5 })],
  ])('%s are refused, by the gateway or here, and others go on', async (_, build) => {
    const before = await countMessages();
    const acks: BackendAck[] = [];
    api.app.get(BatchIntake).accept(build(), (ack) => acks.push(ack));
    const bot = await new TestBot('bot-b').registered();
    const batch = new TestLane().batch(...creates(1));
    await bot.send(batch);
    await bot.acknowledged(batch);
    expect(acks).toEqual([]);
    expect(await countMessages()).toBe(before + 1);
  });

  it('go on after the gateway was restarted', async () => {
    const lane = new TestLane();
    const bot = await new TestBot('bot-a').registered();
    await gateway.close();
    await expect.poll(() => gatewayHealth(), { timeout: 10_000 }).toBe('down');
    expect(api.app.get(GatewayLink).bots).toEqual([]);
    gateway = await openGateway(gatewayPort);
    await bot.registered(2);
    const batch = lane.batch(...creates(1));
    await bot.send(batch);
    await bot.acknowledged(batch);
  }, 30_000);
});

describe('GET /api/gateway/ping', () => {
  const pong = {
    botId: 'bot-p',
    shards: [
      { id: 0, latencyMs: 40 },
      { id: 1, latencyMs: 70 },
    ],
    outboxDepth: 2,
  };
  const pingAs = (headers: Record<string, string>, query = '') =>
    fetch(`${api.url}/api/gateway/ping${query}`, { headers });
  const inGuild = (guildId: string) => {
    const context = { guildId, userId: '900', roleIds: [], permissions: '0', locale: 'en' };
    return {
      authorization: `Bearer ${TEST_SERVICE_TOKEN}`,
      [INTERACTION_CONTEXT_HEADER]: Buffer.from(JSON.stringify(context)).toString('base64url'),
    };
  };

  it('measures every hop, with the shard that serves the guild', async () => {
    await new TestBot('bot-p', () => ({ ok: true, result: pong })).registered();
    const onSecondShard = String(1n << 22n);
    const response = await pingAs(inGuild(onSecondShard));
    expect(response.status).toBe(200);
    const ping = pingSchema.parse(await response.json());
    expect(ping).toMatchObject({ botId: 'bot-p', outboxDepth: 2 });
    expect(ping.hops.map(({ from, to }) => `${from}-${to}`)).toEqual([
      'api-database',
      'api-gateway',
      'gateway-bot',
      'bot-discord',
    ]);
    expect(ping.hops.every(({ latencyMs }) => latencyMs >= 0)).toBe(true);
    expect(ping.hops.at(-1)?.latencyMs).toBe(70);
    const first = pingSchema.parse(await (await pingAs(inGuild(String(2n << 22n)))).json());
    expect(first.hops.at(-1)?.latencyMs).toBe(40);
  });

  it('serves signed-in accounts too', async () => {
    await new TestBot('bot-p', () => ({ ok: true, result: pong })).registered();
    const { accessToken } = await signIn(api.app, database.database, id(900));
    expect((await pingAs({ authorization: `Bearer ${accessToken}` }, '?botId=bot-p')).status).toBe(200);
    expect((await pingAs({})).status).toBe(401);
  });

  it.each([
    ['no bot is connected', undefined, ''],
    ['the bot that is asked for is not connected', { ok: true, result: pong } as const, '?botId=elsewhere'],
    ['the bot refuses', { ok: false, code: 'refused', detail: 'no' } as const, ''],
    ['the bot answers nonsense', { ok: true, result: 'pong' } as const, ''],
  ])('is a problem when %s', async (_, answer, query) => {
    await expect.poll(() => api.app.get(GatewayLink).bots, { timeout: 10_000 }).toEqual([]);
    if (answer) await new TestBot('bot-p', () => answer).registered();
    const response = await pingAs(inGuild(GUILD), query);
    expect(response.status).toBe(503);
    expect(problemCode((await response.json()) as Problem)).toBe('bot-unreachable');
  });

  it('refuses a bot id that cannot be one', async () => {
    expect((await pingAs(inGuild(GUILD), '?botId=%20%2F')).status).toBe(400);
  });
});
