import type { NewApiKey } from '@guildhall/contracts';
import { schema } from '@guildhall/database';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { startTestApi, type TestApi } from '../../../testing/api.js';
import { type FoundedGuild, foundGuild } from '../../../testing/guild.js';
import { type MigratedDatabase, migratedDatabase } from '../../../testing/ingest-app.js';
import { signIn } from '../../../testing/people.js';
import { readProblem } from '../../../testing/problem-answers.js';
import { hasRedisServer, type RedisServer, startRedisServer } from '../../../testing/redis-server.js';

describe.runIf(hasRedisServer)('two APIs whose Redis is restarted', () => {
  let database: MigratedDatabase;
  let redis: RedisServer;
  let apis: [TestApi, TestApi];
  let guild: FoundedGuild;
  let bearer: Record<string, string>;

  beforeAll(async () => {
    database = await migratedDatabase(inject('postgresUrl'));
    redis = await startRedisServer();
    guild = await foundGuild(database.database, 1_000);
    const shared = { REDIS_URL: redis.url };
    apis = [await startTestApi(database.url, shared), await startTestApi(database.url, shared)];
    const { accessToken } = await signIn(apis[0].app, database.database, guild.ownerId);
    bearer = { authorization: `Bearer ${accessToken}` };
  });

  afterAll(async () => {
    await Promise.all(apis?.map((api) => api.close()) ?? []);
    await redis?.close();
    await database?.close();
  });

  const make = (api: TestApi, key: string) =>
    fetch(`${api.url}/api/guilds/${guild.guildId}/api-keys`, {
      method: 'POST',
      headers: { ...bearer, 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify({ name: 'Website', capabilities: ['guild.view'] }),
    });

  const logIn = (api: TestApi) =>
    fetch(`${api.url}/api/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'nobody@example.org', password: 'four brass lanterns swing' }),
    });

  /** As ever: a wrong password is refused. Their connections need a moment after a restart. */
  async function expectBothToLogIn(): Promise<void> {
    for (const api of apis) {
      await expect.poll(async () => (await logIn(api)).status, { timeout: 10_000, interval: 100 }).toBe(401);
    }
  }

  const count = async () => (await database.database.select().from(schema.apiKeys)).length;

  it('make one thing of one key, before, while it is away and after', async () => {
    const together = await Promise.all([make(apis[0], 'same'), make(apis[1], 'same')]);
    expect(together.map(({ status }) => status).toSorted()[0]).toBe(201);
    expect(await count()).toBe(1);
    await redis.kill();
    const away = await Promise.all([make(apis[0], 'same'), make(apis[1], 'other'), make(apis[0], 'other')]);
    expect(away.every(({ status }) => [201, 409].includes(status))).toBe(true);
    expect(await count()).toBe(2);
    await redis.start();
    const [one, two] = [await make(apis[0], 'other'), await make(apis[1], 'other')];
    expect([one.status, two.status]).toEqual([201, 201]);
    expect(((await one.json()) as NewApiKey).id).toBe(((await two.json()) as NewApiKey).id);
    expect(await count()).toBe(2);
  });

  it('answer a sign-in by 503 while it is away, and as ever when it is back', async () => {
    await expectBothToLogIn();
    await redis.kill();
    const problem = await readProblem(await logIn(apis[1]));
    expect(problem).toMatchObject({ status: 503, code: 'unavailable' });
    await redis.start();
    await expectBothToLogIn();
  });
});
