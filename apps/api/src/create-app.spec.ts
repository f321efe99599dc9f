import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect as connectSocket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { healthSchema, instanceSchema } from '@guildhall/contracts';
import { createTestDatabase } from '@guildhall/database/testing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { startTestApi, type TestApi, TEST_WEB_ORIGIN } from '../testing/api.js';
import { id } from '../testing/bot-events.js';
import { type MigratedDatabase, migratedDatabase } from '../testing/ingest-app.js';
import { signIn } from '../testing/people.js';
import { readProblem } from '../testing/problem-answers.js';

let database: MigratedDatabase;
let api: TestApi;
let dashboard: string;
let bearer: Record<string, string>;

beforeAll(async () => {
  database = await migratedDatabase(inject('postgresUrl'));
  dashboard = await builtDashboard();
  api = await startTestApi(database.url, { WEB_DIST: dashboard, SIMULATOR_URL: 'http://localhost:4400' });
  const { accessToken } = await signIn(api.app, database.database, id(1));
  bearer = { authorization: `Bearer ${accessToken}` };
});

afterAll(async () => {
  await api?.close();
  await database?.close();
  await rm(dashboard, { recursive: true, force: true });
});

async function builtDashboard(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'guildhall-dashboard-'));
  await mkdir(join(folder, 'i18n'));
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>Guildhall</title>');
  for (const name of ['main-B0MIL6dY.js', 'first-paint.js', 'web-material.js']) await writeFile(join(folder, name), '');
  await writeFile(join(folder, 'i18n', 'en.json'), '{}');
  return folder;
}

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${api.url}${path}`, { headers, redirect: 'manual' });

const patchMe = (body: string, headers: Record<string, string> = { 'content-type': 'application/json' }) =>
  fetch(`${api.url}/api/auth/me`, { method: 'PATCH', headers: { ...bearer, ...headers }, body });

describe('the state of the process', () => {
  it('is told with every dependency', async () => {
    const health = healthSchema.parse(await (await get('/health')).json());
    expect(health.dependencies['database']).toEqual({ status: 'up' });
    expect(await (await get('/health/live')).json()).toEqual({ status: 'alive' });
  });

  it('is ready while only the gateway is missing, though not healthy', async () => {
    expect((await get('/health')).status).toBe(503);
    expect((await get('/health/ready')).status).toBe(200);
  });

  it('is measured, for this machine only', async () => {
    await get('/api/instance');
    const metrics = await (await get('/metrics')).text();
    expect(metrics).toMatch(/api_requests_total\{method="GET",route="\/api\/instance",status="200"\} \d/);
    expect(metrics).toContain('api_request_duration_seconds_bucket');
    expect(metrics).toMatch(/postgres_connections_active \d/);
    expect((await readProblem(await get('/metrics', { 'x-forwarded-for': '203.0.113.5' }))).code).toBe('not-found');
  });

  it('counts by route, so that ids make no series', async () => {
    await get('/api/guilds/1234567', bearer);
    const metrics = await (await get('/metrics')).text();
    expect(metrics).toContain('route="/api/guilds/:guildId"');
    expect(metrics).not.toContain('1234567');
  });
});

describe('an installation', () => {
  it('says what everybody may know', async () => {
    expect(instanceSchema.strict().parse(await (await get('/api/instance')).json())).toEqual({
      version: '0.1.0',
      isSimulated: true,
      simulatorUrl: 'http://localhost:4400',
      discordClientId: '1090000000000000001',
    });
  });
});

describe('an address', () => {
  it('that does not exist is a problem, not a page', async () => {
    const problem = await readProblem(await get('/api/nothing?token=x', { accept: 'text/html' }));
    expect(problem).toMatchObject({ code: 'not-found', instance: '/api/nothing' });
    expect((await readProblem(await fetch(`${api.url}/nothing`, { method: 'POST' }))).code).toBe('not-found');
  });

  it('tells which methods it has', async () => {
    const response = await get('/api/auth/refresh');
    expect(response.headers.get('allow')).toBe('POST');
    expect((await readProblem(response)).code).toBe('method-not-allowed');
    const byId = await fetch(`${api.url}/api/guilds/123`, { method: 'DELETE', headers: bearer });
    expect(byId.headers.get('allow')).toBe('GET, HEAD');
  });

  it('that cannot be decoded is a problem too', async () => {
    expect((await readProblem(await get('/api/guilds/%zz'))).code).toBe('bad-request');
  });
});

describe('a body', () => {
  it('may not hold what is not known', async () => {
    const problem = await readProblem(await patchMe('{"locale":"fr","role":"ADMIN","isAdmin":true}'));
    expect(problem.errors).toEqual([
      { path: 'role', message: 'is not known here' },
      { path: 'isAdmin', message: 'is not known here' },
    ]);
  });

  it('names every value of a wrong kind', async () => {
    const problem = await readProblem(await patchMe('{"locale":7,"theme":"pink"}'));
    expect(problem).toMatchObject({ code: 'validation-failed', title: 'Some values are not acceptable' });
    expect(problem.errors?.map(({ path }) => path)).toEqual(['locale', 'theme']);
  });

  it.each(['{"locale":', 'null', '[]', '"text"', '17', ''])('of %j is refused as such', async (body) => {
    expect((await readProblem(await patchMe(body))).status).toBe(400);
  });

  it('does not reach the prototype of anything', async () => {
    expect((await readProblem(await patchMe('{"__proto__":{"role":"ADMIN"},"locale":"fr"}'))).status).toBe(400);
  });

  it('of 10 MB is too large', async () => {
    const problem = await readProblem(await patchMe(JSON.stringify({ locale: 'x'.repeat(10_000_000) })));
    expect(problem).toMatchObject({ code: 'payload-too-large', detail: 'Send at most 1 MiB.' });
  });

  it('of another kind is not accepted', async () => {
    expect((await readProblem(await patchMe('<a/>', { 'content-type': 'text/xml' }))).code).toBe(
      'unsupported-media-type',
    );
    expect((await readProblem(await patchMe('fr', { 'content-type': 'text/plain' }))).status).toBe(400);
  });
});

describe('parameters', () => {
  it.each(['0', '-1', '1.5', 'abc', '1e3', '101', ''])('limit=%s is refused', async (limit) => {
    const problem = await readProblem(await get(`/api/guilds?limit=${limit}`, bearer));
    expect(problem.errors?.map(({ path }) => path)).toEqual(['limit']);
  });

  it('that are unknown or doubled are refused', async () => {
    expect((await readProblem(await get('/api/guilds?colour=red', bearer))).errors).toEqual([
      { path: 'colour', message: 'is not known here' },
    ]);
    expect((await readProblem(await get('/api/guilds?page=1&page=2', bearer))).code).toBe('validation-failed');
  });

  it.each(['abc', '-5', '99999999999999999999', '9223372036854775808', '1%00', "1'--"])(
    'that should be an id may not be %s',
    async (guildId) => {
      const problem = await readProblem(await get(`/api/guilds/${guildId}`, bearer));
      expect(problem).toMatchObject({
        code: 'validation-failed',
        errors: [{ path: 'guildId', message: 'must be a Discord id' }],
      });
    },
  );

  it('with a NUL character do not upset the database', async () => {
    const response = await get(`/api/discord/guilds/1/members?q=%00`, bearer);
    expect((await readProblem(response)).status).toBeLessThan(500);
  });
});

describe('an answer', () => {
  it('carries its id, whatever the caller would like to call it', async () => {
    const response = await get('/api/instance', { 'x-request-id': 'mine' });
    expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('of the API is not kept by anybody', async () => {
    expect((await get('/api/instance')).headers.get('cache-control')).toBe('no-store');
    expect((await get('/api/auth/me')).headers.get('cache-control')).toBe('no-store');
  });

  it('lets nothing run but our own scripts, and nobody frame us', async () => {
    const { headers } = await get('/', { accept: 'text/html' });
    const policy = headers.get('content-security-policy');
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("img-src 'self' data: https://cdn.discordapp.com http://localhost:4400;");
    expect(policy).toContain("connect-src 'self' ws://localhost:3000;");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('strict-transport-security')).toBeNull();
  });

  it('may be read by pages of the dashboard and of nobody else', async () => {
    const { headers } = await get('/api/instance', { origin: 'https://evil.example' });
    expect(headers.get('access-control-allow-origin')).toBe(TEST_WEB_ORIGIN);
  });
});

describe('the dashboard', () => {
  it('answers every page with the application', async () => {
    for (const path of ['/', '/guilds/1/overview', '/auth/callback?session=1']) {
      const response = await get(path, { accept: 'text/html,*/*' });
      expect(await response.text()).toContain('<title>Guildhall</title>');
      expect(response.headers.get('cache-control')).toBe('no-cache');
    }
  });

  it('keeps hashed files for good and asks again for the others', async () => {
    const script = await get('/main-B0MIL6dY.js');
    expect(script.headers.get('content-type')).toContain('javascript');
    expect(script.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    for (const path of ['/first-paint.js', '/web-material.js']) {
      expect((await get(path)).headers.get('cache-control')).toBe('no-cache');
    }
    expect((await get('/i18n/en.json')).headers.get('cache-control')).toBe('no-cache');
  });

  it('has no page for a script that is missing', async () => {
    expect((await readProblem(await get('/main-00000000.js', { accept: '*/*' }))).code).toBe('not-found');
  });

  it.each(['/../../../etc/passwd', '/..%2f..%2fetc/passwd', '/%2e%2e/%2e%2e/etc/passwd', '/i18n'])(
    'does not leave its folder for %s',
    async (path) => {
      expect(await rawGet(path)).toMatch(/^HTTP\/1\.1 40[04] /);
    },
  );
});

/** A request whose path no client has tidied up. */
async function rawGet(path: string): Promise<string> {
  const socket = connectSocket(Number(new URL(api.url).port), '127.0.0.1');
  socket.end(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
  return (await Array.fromAsync(socket.setEncoding('utf8'))).join('');
}

describe('the documentation', () => {
  it('is an OpenAPI 3.1 document whose references all lead somewhere', async () => {
    const text = await (await get('/api/openapi.json')).text();
    const document = JSON.parse(text) as { openapi: string; components: { schemas: Record<string, unknown> } };
    expect(document.openapi).toBe('3.1.0');
    const references = [...text.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map((match) => match[1]!);
    expect(references).toContain('Problem');
    for (const name of references) expect(document.components.schemas).toHaveProperty(name);
    expect(text).not.toContain('$defs');
  });

  it('takes the parameters of a route from its contract', async () => {
    const document = (await (await get('/api/openapi.json')).json()) as {
      paths: Record<string, Record<string, { parameters: { name: string }[]; security: unknown; responses: object }>>;
    };
    const operation = document.paths['/api/discord/guilds/{guildId}/members']!['get']!;
    expect(operation.parameters.map(({ name }) => name).toSorted()).toEqual(
      ['guildId', 'limit', 'page', 'q', 'roleId', 'sort'].toSorted(),
    );
    expect(operation.security).toEqual([{ bearer: [] }, { apiKey: [] }]);
    expect(Object.keys(operation.responses)).toEqual(['200', '400', '401', '403', '404', '429', '503', 'default']);
  });

  it('can be browsed under the same policy as every page', async () => {
    expect((await get('/docs')).headers.get('location')).toBe('/api/docs');
    const html = await (await get('/api/docs')).text();
    const scripts = [...html.matchAll(/<script([^>]*)>([^<]*)/g)];
    expect(scripts.length).toBeGreaterThan(0);
    for (const [, attributes, text] of scripts) {
      expect(text!.trim()).toBe('');
      const source = /src="([^"]+)"/.exec(attributes!)![1]!;
      expect((await fetch(new URL(source, `${api.url}/api/docs`))).status).toBe(200);
    }
  });
});

describe('without its database', () => {
  it('the API says so, and that it is not ready', async () => {
    const doomed = await migratedDatabase(inject('postgresUrl'));
    const orphan = await startTestApi(doomed.url);
    const { accessToken } = await signIn(orphan.app, doomed.database, id(1));
    await doomed.close();
    const answer = await fetch(`${orphan.url}/api/guilds`, { headers: { authorization: `Bearer ${accessToken}` } });
    expect(await readProblem(answer)).toMatchObject({
      code: 'unavailable',
      detail: expect.stringContaining('database'),
    });
    const ready = await fetch(`${orphan.url}/health/ready`);
    expect(ready.status).toBe(503);
    expect(healthSchema.parse(await ready.json())).toMatchObject({
      status: 'unhealthy',
      dependencies: { database: { status: 'down' } },
    });
    expect((await fetch(`${orphan.url}/health/live`)).status).toBe(200);
    await orphan.close();
  });
});

describe('a start that cannot succeed', () => {
  it('says that the port is taken', async () => {
    const { port } = new URL(api.url);
    await expect(startTestApi(database.url, { PORT: port })).rejects.toThrow(
      `127.0.0.1:${port} is already in use; stop what runs there or choose another port with PORT.`,
    );
  });

  it('says that there is no database', async () => {
    await expect(startTestApi('postgres://guildhall:secret@127.0.0.1:1/guildhall')).rejects.toThrow(
      /^the database at 127\.0\.0\.1:1\/guildhall cannot be used \(.*ECONNREFUSED.*\); check DATABASE_URL/,
    );
  });

  it('says that the database is to be migrated first', async () => {
    const empty = await createTestDatabase(inject('postgresUrl'));
    await expect(startTestApi(empty.url)).rejects.toThrow('Run `guildhall migrate`');
    await empty.drop();
  });

  it('says that a newer version was here', async () => {
    const newer = await migratedDatabase(inject('postgresUrl'));
    await newer.pool.query(`insert into drizzle.__drizzle_migrations (hash, created_at) values ('x', 99999999999999)`);
    await expect(startTestApi(newer.url)).rejects.toThrow('newer version of Guildhall');
    await newer.close();
  });

  it('says that the dashboard was not built', async () => {
    await expect(startTestApi(database.url, { WEB_DIST: '/nowhere' })).rejects.toThrow('build it with `npm run build`');
  });
});
