import { Redis } from 'ioredis';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { startTestApi } from '../../../testing/api.js';
import { type MigratedDatabase, migratedDatabase } from '../../../testing/ingest-app.js';
import { describeKeyValueStore } from '../../../testing/key-value-store.suite.js';
import { hasRedisServer, type RedisServer, startRedisServer } from '../../../testing/redis-server.js';
import { DomainError } from '../problems/domain-error.js';
import { RedisKeyValueStore } from './redis-key-value-store.js';

const external = process.env.TEST_REDIS_URL;
if (!external && !hasRedisServer) {
  process.stderr.write('\nNOT TESTED: Redis. Install redis-server or set TEST_REDIS_URL.\n\n');
}

const silent = pino({ level: 'silent' });

async function openStore(url: string): Promise<RedisKeyValueStore> {
  const store = new RedisKeyValueStore(url, silent);
  await store.settle();
  return store;
}

/** Time passes for a value when its end comes nearer. */
async function bringNearer(admin: Redis, prefix: string, seconds: number): Promise<void> {
  for (const key of await admin.keys(`guildhall:${prefix}*`)) {
    await admin.pexpireat(key, (await admin.pexpiretime(key)) - seconds * 1000);
  }
}

/** What a call fails with. */
const failureOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => undefined,
    (error: unknown) => error,
  );

describe.skipIf(!external && !hasRedisServer)('with Redis', () => {
  describeKeyValueStore('RedisKeyValueStore', async () => {
    const server = external ? null : await startRedisServer();
    const url = external ?? server!.url;
    const admin = new Redis(url);
    const stores = [await openStore(url), await openStore(url)] as const;
    return {
      stores,
      pass: (prefix, seconds) => bringNearer(admin, prefix, seconds),
      close: async () => {
        for (const store of stores) store.close();
        admin.disconnect();
        await server?.close();
      },
    };
  });
});

describe.skipIf(!hasRedisServer)('RedisKeyValueStore', () => {
  let server: RedisServer;
  let store: RedisKeyValueStore;

  beforeAll(async () => {
    server = await startRedisServer();
    store = await openStore(server.url);
  });
  afterAll(async () => {
    store?.close();
    await server?.close();
  });

  const isUnavailable = async (): Promise<boolean> => {
    const error = await failureOf(store.get('key'));
    if (error === undefined) return false;
    expect(error).toBeInstanceOf(DomainError);
    expect(error).toMatchObject({
      code: 'unavailable',
      detail: 'The key-value store does not answer. Try again in a moment.',
    });
    return true;
  };

  it('says that the store is unavailable while Redis is down, for every call, and comes back by itself', async () => {
    expect(await isUnavailable()).toBe(false);
    await server.kill();
    await expect.poll(isUnavailable).toBe(true);
    const calls = [
      store.get('a'),
      store.set('a', 'b', 1),
      store.setIfAbsent('a', 'b', 1),
      store.take('a'),
      store.delete('a'),
      store.increment('a', 1),
      store.consume('a', { limit: 1, windowSeconds: 1 }),
      store.ping(),
    ];
    const failures = await Promise.all(calls.map(failureOf));
    expect(failures.map((error) => (error as DomainError).code)).toEqual(calls.map(() => 'unavailable'));
    await server.start();
    await expect.poll(isUnavailable, { timeout: 15_000 }).toBe(false);
  });

  it('gives up on a Redis that stands still', async () => {
    server.freeze();
    // Of the command's own time, long before the connection is given up.
    expect(await failureOf(store.get('key'))).toMatchObject({
      code: 'unavailable',
      cause: { message: 'Command timed out' },
    });
    server.thaw();
    await expect.poll(isUnavailable, { timeout: 15_000 }).toBe(false);
  });

  it('does not blame Redis for a command that makes no sense', async () => {
    await store.set('text', 'not a number', 60);
    expect(await failureOf(store.increment('text', 60))).not.toBeInstanceOf(DomainError);
  });

  it('keeps to its own names', async () => {
    await store.set('named', 'value', 60);
    const admin = new Redis(server.url);
    expect(await admin.get('guildhall:named')).toBe('value');
    admin.disconnect();
  });
});

describe.skipIf(!hasRedisServer)('an API with REDIS_URL', () => {
  let server: RedisServer;
  let database: MigratedDatabase;

  beforeAll(async () => {
    [server, database] = await Promise.all([startRedisServer(), migratedDatabase(inject('postgresUrl'))]);
  });
  afterAll(async () => {
    await server?.close();
    await database?.close();
  });

  it('shows Redis among its dependencies, answers 503 without it, and goes on when it is back', async () => {
    const api = await startTestApi(database.url, { REDIS_URL: server.url });
    const stateOfRedis = async () => {
      const health = (await (await fetch(`${api.url}/health`)).json()) as { dependencies: Record<string, unknown> };
      return health.dependencies['redis'];
    };
    const signIn = async () => (await fetch(`${api.url}/api/auth/discord/login`, { redirect: 'manual' })).status;

    expect(await stateOfRedis()).toEqual({ status: 'up' });
    expect(await signIn()).toBe(302);
    await server.kill();
    await expect.poll(stateOfRedis).toEqual({ status: 'down', detail: 'it cannot be reached' });
    expect(await signIn()).toBe(503);
    expect((await fetch(`${api.url}/health/ready`)).status).toBe(200);
    await server.start();
    await expect.poll(stateOfRedis, { timeout: 15_000 }).toEqual({ status: 'up' });
    expect(await signIn()).toBe(302);
    await api.close();
  });

  it('starts while Redis is away', async () => {
    const api = await startTestApi(database.url, { REDIS_URL: 'redis://127.0.0.1:1/0' });
    expect((await fetch(`${api.url}/health/ready`)).status).toBe(200);
    await api.close();
  });
});
