import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { demoApplication, type Simulator } from '@guildhall/discord-simulator';
import { startCheckedSimulator } from '@guildhall/discord-simulator/testing';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { laneOf } from '../../../../bot/src/pipeline/lanes.js';
import { startBot, type RunningBot } from '../../../../bot/test/running-bot.js';
import { type Gateway, startGateway } from '../../../../gateway/src/index.js';
import { TEST_GATEWAY_SECRET, TEST_SERVICE_TOKEN } from '../../../testing/api.js';
import {
  type IngestApp,
  type MigratedDatabase,
  migratedDatabase,
  startIngestApp,
} from '../../../testing/ingest-app.js';

const MEMBERS = 50_000;
const MESSAGES = 100;
const MESSAGES_PER_SECOND = 100;

/** Generous, as other work may be going on on the machine; no expectation is about time. */
const patiently = { timeout: 120_000, interval: 20 };

let database: MigratedDatabase;
let simulator: Simulator;
let gateway: Gateway;
let api: IngestApp;
let bot: RunningBot;
let dataDir: string;

beforeAll(async () => {
  database = await migratedDatabase(inject('postgresUrl'));
  simulator = await startCheckedSimulator({ port: 0, seed: 'empty', activity: false, rateLimits: 'off' });
  gateway = await startGateway(
    { GATEWAY_PORT: 0, GATEWAY_SECRET: TEST_GATEWAY_SECRET },
    { logger: pino({ level: 'silent' }) },
  );
  api = await startIngestApp(database.url, {
    GATEWAY_URL: gateway.url,
    DISCORD_API_URL: simulator.apiUrl,
    DISCORD_TOKEN: demoApplication.botToken,
  });
  dataDir = mkdtempSync(join(tmpdir(), 'guildhall-large-'));
  bot = await startBot({
    DISCORD_TOKEN: demoApplication.botToken,
    DISCORD_API_URL: simulator.apiUrl,
    GATEWAY_URL: gateway.url,
    GATEWAY_SECRET: TEST_GATEWAY_SECRET,
    API_URL: api.url,
    SERVICE_TOKEN: TEST_SERVICE_TOKEN,
    GUILDHALL_DATA_DIR: dataDir,
    LOG_LEVEL: 'warn',
  });
}, 120_000);

afterAll(async () => {
  await bot?.kill('SIGTERM');
  await api?.close();
  await gateway?.close();
  await simulator?.close();
  await database?.close();
  if (dataDir) rmSync(dataDir, { recursive: true });
});

/** A guild whose events share a lane with another one's. */
function neighbourOf(guildId: string, ownerId: string): { guildId: string; channelId: string } {
  for (;;) {
    const { id } = simulator.control.createGuild({ name: 'Neighbour', ownerId, withBot: false });
    if (laneOf(id) !== laneOf(guildId)) continue;
    simulator.control.addMember(id, demoApplication.id);
    return { guildId: id, channelId: simulator.control.createChannel(id, { name: 'general' }).id };
  }
}

async function isSynced(guildId: string): Promise<boolean> {
  const { rows } = await database.pool.query('select 1 from guilds where id = $1 and members_synced_at is not null', [
    guildId,
  ]);
  return rows.length > 0;
}

async function count(table: 'members' | 'messages' | 'presences', guildId: string): Promise<number> {
  const { rows } = await database.pool.query<{ count: number }>(
    `select count(*)::int as count from ${table} where guild_id = $1`,
    [guildId],
  );
  return rows[0]?.count ?? 0;
}

/** The longest that the bot's event loop stood still since this was asked last, in milliseconds. */
async function botDelayMs(): Promise<number> {
  const text = await (await fetch(`${bot.url}/metrics`)).text();
  return Number(/^nodejs_eventloop_lag_max_seconds (\S+)/m.exec(text)?.[1] ?? Number.NaN) * 1_000;
}

it(`reads ${MEMBERS} members while the messages of a guild in the same lane pass`, async () => {
  const { control } = simulator;
  const ownerId = control.createUser({ username: 'owner' }).id;
  const large = await control.createLargeGuild({ name: 'Large', ownerId, memberCount: MEMBERS });
  const neighbour = neighbourOf(large.id, ownerId);
  await expect.poll(() => isSynced(neighbour.guildId), patiently).toBe(true);

  await botDelayMs();
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const startedAtMs = performance.now();
  control.addMember(large.id, demoApplication.id);
  await expect.poll(() => count('members', large.id), patiently).toBeGreaterThan(0);
  const burst = { channelIds: [neighbour.channelId], messagesPerSecond: MESSAGES_PER_SECOND, count: MESSAGES };
  const { ids } = await control.burst(burst);
  await expect.poll(() => count('messages', neighbour.guildId), patiently).toBe(ids.length);
  const passedAtMs = performance.now();
  expect(await isSynced(large.id)).toBe(false);

  await expect.poll(() => isSynced(large.id), patiently).toBe(true);
  const syncedAtMs = performance.now();
  delay.disable();
  expect(await count('members', large.id)).toBe(MEMBERS + 1);
  expect(await count('presences', large.id)).toBeGreaterThan(MEMBERS / 20);
  const { rows } = await database.pool.query('select reason from set_aside_events');
  expect(rows).toEqual([]);
  const figures = {
    membersStoredAfterMs: Math.round(syncedAtMs - startedAtMs),
    messagesStoredAfterMs: Math.round(passedAtMs - startedAtMs),
    longestBotDelayMs: Math.round(await botDelayMs()),
    // One process in this spec, so that each of the three stood still no longer than this.
    longestApiGatewaySimulatorDelayMs: Math.round(delay.max / 1e6),
    p99ApiGatewaySimulatorDelayMs: Math.round(delay.percentile(99) / 1e6),
  };
  process.stdout.write(`a guild of ${MEMBERS} members: ${JSON.stringify(figures)}\n`);
}, 300_000);
