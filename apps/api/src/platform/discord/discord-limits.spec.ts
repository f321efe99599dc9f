import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { REST } from '@discordjs/rest';
import { type Simulator } from '@guildhall/discord-simulator';
import { startCheckedSimulator } from '@guildhall/discord-simulator/testing';
import { Routes } from 'discord-api-types/v10';
import { setInterval } from 'node:timers/promises';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { LimitedRequests } from '../../../../bot/src/discord/limited-requests.js';
import { startTestApi, type TestApi, TEST_SERVICE_TOKEN } from '../../../testing/api.js';
import { id } from '../../../testing/bot-events.js';
import { type MigratedDatabase, migratedDatabase } from '../../../testing/ingest-app.js';
import { hasRedisServer, type RedisServer, startRedisServer } from '../../../testing/redis-server.js';
import { readProblem } from '../../../testing/problem-answers.js';
import { DomainError } from '../problems/domain-error.js';
import { DiscordRest } from './discord-rest.js';

/** How long requests are made; what counts is that no request of them is refused. */
const SECONDS = Number(process.env.RATE_LIMIT_SPEC_SECONDS ?? (process.env.CI ? 20 : 5));
const OFFERED_PER_SECOND = 100;

const silent = pino({ level: 'silent' });
/** `ADMINISTRATOR`. */
const EVERYTHING = 1n << 3n;

if (!hasRedisServer) process.stderr.write('\nNOT TESTED: limits of several APIs. Install redis-server.\n\n');

describe.skipIf(!hasRedisServer)('two APIs and a bot with one token', () => {
  let simulator: Simulator;
  let redis: RedisServer;
  let database: MigratedDatabase;
  let apis: TestApi[];
  const rests: REST[] = [];

  beforeAll(async () => {
    simulator = await startCheckedSimulator({ port: 0, seed: 'empty', activity: false, rateLimits: 'discord' });
    redis = await startRedisServer();
    database = await migratedDatabase(inject('postgresUrl'));
    const environment = { DISCORD_API_URL: simulator.apiUrl, REDIS_URL: redis.url };
    apis = [await startTestApi(database.url, environment), await startTestApi(database.url, environment)];
  }, 60_000);
  afterAll(async () => {
    await database?.close();
    await redis?.close();
    await simulator?.close();
  });
  afterEach(() => {
    for (const rest of rests.splice(0)) {
      rest.clearHashSweeper();
      rest.clearHandlerSweeper();
    }
  });

  /** discord.js as the bot configures it. */
  function bot(apiUrl: string): REST {
    const limited = new LimitedRequests({
      discordApiUrl: simulator.apiUrl,
      apiUrl,
      serviceToken: TEST_SERVICE_TOKEN,
      logger: silent,
    });
    const options = { api: simulator.apiUrl, makeRequest: limited.makeRequest, timeout: 120_000 };
    const rest = new REST(options).setToken('MTA5MDAwMDAwMDAwMDAwMDAwMQ.simulator.demo-bot-token');
    rests.push(rest);
    return rest;
  }

  /** Guilds with people and channels, so that requests fall into many buckets. */
  function found(count: number) {
    const { control } = simulator;
    return Array.from({ length: count }, (_, index) => {
      const owner = control.createUser({ username: `owner-${index}` });
      const guild = control.createGuild({ name: `Guild ${index}`, ownerId: owner.id, botPermissions: EVERYTHING });
      const person = control.createUser({ username: `person-${index}` });
      control.addMember(guild.id, person.id);
      const channel = control.createChannel(guild.id, { name: 'general' });
      return { guildId: id(guild.id), userId: id(person.id), channelId: id(channel.id) };
    });
  }

  it('leave the bot its own share when no API can be reached', async () => {
    const [place] = found(1);
    const [client, rest] = [bot(await closedUrl()), apis[0]!.app.get(DiscordRest)];
    const busy = Array.from({ length: 60 }, () => rest.user(place!.userId));
    await Promise.all([...Array.from({ length: 8 }, () => client.get(Routes.guild(place!.guildId))), ...busy]);
    const { violations, peakPerSecond } = simulator.control.rateLimitViolations();
    expect(violations).toBe(0);
    expect(peakPerSecond).toBeLessThanOrEqual(50);
  });

  it('keep what the bot may not ask for to themselves', async () => {
    const ask = (token: string, path: string) =>
      fetch(`${apis[0]!.url}/api/internal/discord${path}`, { headers: { authorization: `Bearer ${token}` } });
    expect((await ask(TEST_SERVICE_TOKEN, '/v10/users/@me')).status).toBe(200);
    expect((await readProblem(await ask('x'.repeat(40), '/v10/users/@me'))).code).toBe('unauthenticated');
    for (const path of ['/v10/..%2f..%2fcontrol', '/control/state', '/v10/%2E%2E/x']) {
      const answer = await ask(TEST_SERVICE_TOKEN, path);
      expect([path, (await readProblem(answer)).code]).toEqual([path, 'bad-request']);
    }
  });

  it('answer nothing in the name of Discord when they could not ask it', async () => {
    const ask = () => fetch(`${apis[1]!.url}/api/internal/discord/v10/users/@me`, { headers });
    const headers = { authorization: `Bearer ${TEST_SERVICE_TOKEN}` };
    redis.freeze();
    try {
      const answer = await ask();
      expect(answer.headers.has('x-guildhall-discord')).toBe(false);
      expect((await readProblem(answer)).code).toBe('unavailable');
    } finally {
      redis.thaw();
    }
    await expect.poll(async () => (await ask()).status, { timeout: 10_000 }).toBe(200);
    simulator.control.failRest({ status: 500, times: 1 });
    const passedOn = await ask();
    expect([passedOn.status, passedOn.headers.get('x-guildhall-discord')]).toEqual([500, 'answered']);
  });

  it('wait and ask again where Discord refuses all the same, and keep the others from asking', async () => {
    const [place] = found(1);
    const { served } = simulator.control.rateLimitViolations();
    simulator.control.failRest({ path: 'bans', status: 429, retryAfterSeconds: 1, times: 1 });
    const startedAtMs = performance.now();
    const [first, second] = apis.map((api) => api.app.get(DiscordRest).unban(place!, 'limits'));
    const outcomes = await Promise.allSettled([first, second]);
    expect(outcomes.map((outcome) => outcome.status)).toEqual(['rejected', 'rejected']);
    // Nobody is banned, which both were told, and neither before the second had passed that Discord asked for.
    expect(outcomes).toMatchObject([{ reason: { discordCode: 10026 } }, { reason: { discordCode: 10026 } }]);
    expect(performance.now() - startedAtMs).toBeGreaterThanOrEqual(1_000);
    expect(simulator.control.rateLimitViolations().served).toBeGreaterThanOrEqual(served + 2);
  });

  it(
    `never sees a refusal while ${OFFERED_PER_SECOND} requests a second are asked for`,
    async () => {
      const { control } = simulator;
      // So few that buckets fill up too.
      const places = found(3);
      const senders = apis.map((api) => api.app.get(DiscordRest));
      const client = bot(apis[0]!.url);
      const ask = async (index: number): Promise<unknown> => {
        const { guildId, userId, channelId } = places[index % places.length]!;
        // Both APIs ask on every route of every guild.
        const rest = senders[Math.floor(index / 15) % senders.length]!;
        switch (index % 5) {
          case 0:
            return rest.member({ guildId, userId });
          case 1:
            return rest.sendMessage(channelId, { content: `message ${index}`, nonce: `n${index}` });
          case 2:
            return rest.editMember({ guildId, userId }, { nick: `nick ${index}` }, 'limits');
          case 3:
            return client.get(Routes.guild(guildId));
          default:
            return client.get(Routes.channelMessages(channelId));
        }
      };
      const before = control.rateLimitViolations().served;
      const outcome = await offer(ask);
      const { served, violations, byScope, peakPerSecond } = control.rateLimitViolations();
      const sentPerSecond = ((served - before) / SECONDS).toFixed(1);
      process.stderr.write(`\nlimits: ${JSON.stringify({ ...outcome, sentPerSecond, peakPerSecond, ...byScope })}\n`);
      expect(violations).toBe(0);
      // All three got through, and not one by one.
      expect(outcome.answered).toBeGreaterThan(SECONDS * 20);
      expect(outcome.failures).toEqual([]);
    },
    SECONDS * 1000 + 60_000,
  );

  it('send away who still waits when they stop', async () => {
    const [place] = found(1);
    const rest = apis[0]!.app.get(DiscordRest);
    const waiting = Array.from({ length: 20 }, (_, index) =>
      rest
        .sendMessage(place!.channelId, { content: `late ${index}`, nonce: `late-${index}` })
        .catch((error: unknown) => error),
    );
    // The bot goes on asking over the connections it has.
    await Promise.all(apis.map((api) => api.close()));
    const outcomes = await Promise.all(waiting);
    expect(outcomes.some((outcome) => outcome instanceof DomainError && outcome.code === 'unavailable')).toBe(true);
  });
});

/** Where nobody listens any more. */
async function closedUrl(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  // Safe: a TCP server that listens has an address with a port.
  const { port } = server.address() as AddressInfo;
  server.close();
  return `http://127.0.0.1:${port}`;
}

/** Asks for `OFFERED_PER_SECOND` for the whole time, whatever becomes of it; counts what was answered in that time. */
async function offer(ask: (index: number) => Promise<unknown>) {
  const failures = new Set<string>();
  let [asked, answered] = [0, 0];
  const endsAtMs = performance.now() + SECONDS * 1000;
  for await (const _ of setInterval(50)) {
    if (performance.now() >= endsAtMs) break;
    for (let count = 0; count < OFFERED_PER_SECOND / 20; count += 1) {
      ask(asked++).then(
        () => (answered += 1),
        // What waits longer than its deadline is refused by ourselves, as it should.
        (error: unknown) => (isOurPatience(error) ? undefined : failures.add(String(error))),
      );
    }
  }
  return { asked, answered, failures: [...failures] };
}

function isOurPatience(error: unknown): boolean {
  return error instanceof DomainError && error.code === 'discord-unavailable';
}
