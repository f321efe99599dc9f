import { INTERACTION_CONTEXT_HEADER } from '@guildhall/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { startTestApi, type TestApi, TEST_SERVICE_TOKEN } from '../../../testing/api.js';
import { type FoundedGuild, foundGuild } from '../../../testing/guild.js';
import { type MigratedDatabase, migratedDatabase } from '../../../testing/ingest-app.js';
import { signIn } from '../../../testing/people.js';
import { readProblem } from '../../../testing/problem-answers.js';
import { hasRedisServer, type RedisServer, startRedisServer } from '../../../testing/redis-server.js';

const RATE_LIMITS = 'read=5,write=3,sign-in=2,expensive=1';
const WINDOW_SECONDS = 60;

let database: MigratedDatabase;
let guild: FoundedGuild;
let api: TestApi;
let bearer: Record<string, string>;

beforeAll(async () => {
  database = await migratedDatabase(inject('postgresUrl'));
  guild = await foundGuild(database.database, 1_000);
  api = await startTestApi(database.url, { RATE_LIMITS, TRUSTED_PROXIES: '127.0.0.1' });
  const { accessToken } = await signIn(api.app, database.database, guild.ownerId);
  bearer = { authorization: `Bearer ${accessToken}` };
});

afterAll(async () => {
  await api?.close();
  await database?.close();
});

// Each test begins with new windows.
beforeEach(() => api.clock.pass(WINDOW_SECONDS + 1));

const get = (path: string, headers: Record<string, string> = bearer) => fetch(`${api.url}${path}`, { headers });
const from = (ipAddress: string) => ({ 'x-forwarded-for': ipAddress });

async function statuses(count: number, send: () => Promise<Response>): Promise<number[]> {
  const found: number[] = [];
  for (let n = 0; n < count; n += 1) found.push((await send()).status);
  return found;
}

describe('a caller', () => {
  it('is told what is left, and when to go on', async () => {
    const first = await get('/api/auth/me');
    expect(first.headers.get('ratelimit-policy')).toBe('"read";q=5;w=60');
    expect(first.headers.get('ratelimit')).toBe('"read";r=4;t=60');
    api.clock.pass(20);
    expect(await statuses(4, () => get('/api/auth/me'))).toEqual([200, 200, 200, 200]);
    const refused = await get('/api/auth/me');
    expect(refused.headers.get('ratelimit')).toBe('"read";r=0;t=40');
    expect(refused.headers.get('retry-after')).toBe('40');
    expect((await readProblem(refused)).code).toBe('too-many-requests');
    api.clock.pass(41);
    expect((await get('/api/auth/me')).status).toBe(200);
  });

  it('has an allowance for each kind of request', async () => {
    await statuses(6, () => get('/api/auth/me'));
    const patch = () =>
      fetch(`${api.url}/api/auth/me`, {
        method: 'PATCH',
        headers: { ...bearer, 'content-type': 'application/json' },
        body: '{"theme":"dark"}',
      });
    expect(await statuses(4, patch)).toEqual([200, 200, 200, 429]);
  });

  it('leaves that of others alone', async () => {
    const { accessToken } = await signIn(api.app, database.database, guild.administratorId);
    await statuses(6, () => get('/api/auth/me'));
    expect((await get('/api/auth/me', { authorization: `Bearer ${accessToken}` })).status).toBe(200);
  });

  it('is the same on every device', async () => {
    expect(await statuses(3, () => get('/api/auth/me', { ...bearer, ...from('192.0.2.1') }))).toEqual([200, 200, 200]);
    expect(await statuses(3, () => get('/api/auth/me', { ...bearer, ...from('192.0.2.2') }))).toEqual([200, 200, 429]);
  });

  it('through the bot is the person, not the bot', async () => {
    const as = (userId: string) => () => {
      const context = { guildId: guild.guildId, userId, roleIds: [], permissions: '0', locale: 'en' };
      const header = Buffer.from(JSON.stringify(context)).toString('base64url');
      return get('/api/gateway/ping', {
        authorization: `Bearer ${TEST_SERVICE_TOKEN}`,
        [INTERACTION_CONTEXT_HEADER]: header,
      });
    };
    expect(await statuses(6, as(guild.memberId))).toEqual([503, 503, 503, 503, 503, 429]);
    expect(await statuses(1, as(guild.ownerId))).toEqual([503]);
  });
});

describe('whoever has not signed in', () => {
  it('is counted by address', async () => {
    const read = (ipAddress: string) => () => get('/api/instance', from(ipAddress));
    expect(await statuses(6, read('192.0.2.7'))).toEqual([200, 200, 200, 200, 200, 429]);
    expect(await statuses(1, read('192.0.2.8'))).toEqual([200]);
  });

  it('does not get more by the many addresses of one network', async () => {
    const read = (suffix: number) => get('/api/instance', from(`2001:db8:1:2::${suffix}`));
    for (let n = 1; n <= 5; n += 1) expect((await read(n)).status).toBe(200);
    expect((await read(6)).status).toBe(429);
    expect((await get('/api/instance', from('2001:db8:1:3::1'))).status).toBe(200);
  });

  it('cannot try tokens for long', async () => {
    const guess = () => get('/api/auth/me', { authorization: 'Bearer gh_guess', ...from('192.0.2.9') });
    expect(await statuses(6, guess)).toEqual([401, 401, 401, 401, 401, 429]);
  });
});

describe.skipIf(!hasRedisServer)('without its store', () => {
  let redis: RedisServer;
  let shared: TestApi;

  beforeAll(async () => {
    redis = await startRedisServer();
    shared = await startTestApi(database.url, { RATE_LIMITS, REDIS_URL: redis.url });
  });

  afterAll(async () => {
    await shared?.close();
    await redis?.close();
  });

  it('goes on uncounted, but lets nobody guess', async () => {
    const read = () => fetch(`${shared.url}/api/instance`);
    // A route for guessers that needs nothing else of the store.
    const guess = () => fetch(`${shared.url}/api/invitations/preview?token=${'a'.repeat(43)}`);
    expect((await guess()).status).toBe(400);
    expect(await statuses(6, read)).toEqual([200, 200, 200, 200, 200, 429]);
    await redis.kill();
    const uncounted = await read();
    expect(uncounted.status).toBe(200);
    expect(uncounted.headers.get('ratelimit')).toBeNull();
    expect((await readProblem(await guess())).code).toBe('unavailable');
  });
});
