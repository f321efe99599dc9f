import { type BotStatus, gatewayEvents, type PipelineStatus, pipelineStatusSchema } from '@guildhall/contracts';
import { schema } from '@guildhall/database';
import { eq } from 'drizzle-orm';
import { pino } from 'pino';
import { io, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type Gateway, startGateway } from '../../../../gateway/src/index.js';
import { TEST_GATEWAY_SECRET } from '../../../testing/api.js';
import { event, id, snapshot, TestLane } from '../../../testing/bot-events.js';
import {
  type IngestApp,
  type MigratedDatabase,
  migratedDatabase,
  startIngestApp,
} from '../../../testing/ingest-app.js';
import { type SignedIn, signIn } from '../../../testing/people.js';
import { AccessTokens } from '../../platform/identity/access-tokens.js';

const status: BotStatus = {
  shards: [{ id: 0, status: 'ready', latencyMs: 12, uptimeSeconds: 60, guildCount: 3 }],
  uptimeSeconds: 61,
  outboxDepth: 7,
  lanes: [{ lane: 2, waiting: 7 }],
  reportedAt: '2026-11-20T12:00:00.000Z',
};

let database: MigratedDatabase;
let gateway: Gateway;
let api: IngestApp;
let bot: Socket;
let person: SignedIn;

beforeAll(async () => {
  database = await migratedDatabase(inject('postgresUrl'));
  gateway = await startGateway(
    { GATEWAY_PORT: 0, GATEWAY_SECRET: TEST_GATEWAY_SECRET },
    { logger: pino({ level: 'silent' }) },
  );
  api = await startIngestApp(database.url, { GATEWAY_URL: gateway.url });
  person = await signIn(api.app, database.database, id(900));
  bot = io(gateway.url, { transports: ['websocket'], forceNew: true });
  bot.on('connect', () =>
    bot.emit(gatewayEvents.register, { type: 'bot', botId: 'one', name: 'Guildhall', token: TEST_GATEWAY_SECRET }),
  );
});

afterAll(async () => {
  bot?.disconnect();
  await api?.close();
  await gateway?.close();
  await database?.close();
});

async function ask(accessToken = person.accessToken): Promise<PipelineStatus> {
  const response = await fetch(`${api.url}/api/gateway/status`, {
    headers: { authorization: `Bearer ${accessToken}` },
  });
  expect(response.status).toBe(200);
  return pipelineStatusSchema.strict().parse(await response.json());
}

async function administrator(): Promise<string> {
  const { accounts } = schema;
  const { accountId, sessionId } = await signIn(api.app, database.database, id(901));
  await database.database.update(accounts).set({ role: 'ADMIN' }).where(eq(accounts.id, accountId));
  return api.app.get(AccessTokens).sign({ accountId, sessionId, role: 'ADMIN' });
}

describe('GET /api/gateway/status', () => {
  it('says how bots and gateways are, and when events were stored last', async () => {
    await expect.poll(async () => (await ask()).bots, { timeout: 10_000 }).toHaveLength(1);
    bot.emit(gatewayEvents.botStatus, status);
    await expect.poll(async () => (await ask()).bots[0]?.status, { timeout: 10_000 }).toEqual(status);
    const before = await ask();
    expect(before.bots).toMatchObject([{ botId: 'one', name: 'Guildhall', lastStoredAt: null }]);
    expect(before.gateways).toMatchObject([{ isConnected: true, status: { batchesInFlight: 0 } }]);
    await api.ingest.store(new TestLane().batch(event('guild_sync', id(1_000), snapshot(id(1_000)))), 'one');
    expect((await ask()).bots[0]?.lastStoredAt).not.toBeNull();
  });

  it('tells administrators alone where the gateways are, and how much was set aside', async () => {
    expect(await ask()).toMatchObject({ gateways: [{ url: null }], setAsideEvents: null });
    await api.ingest.store(new TestLane(4).batch({ nonsense: true }), 'one');
    expect(await ask(await administrator())).toMatchObject({
      gateways: [{ url: gateway.url }],
      setAsideEvents: 1,
    });
  });

  it('knows nothing of who is not connected', async () => {
    bot.disconnect();
    await expect.poll(async () => (await ask()).bots, { timeout: 10_000 }).toEqual([]);
  });
});
