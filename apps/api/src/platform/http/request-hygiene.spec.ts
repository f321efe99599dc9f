import { connect } from 'node:net';
import { type Problem, problemSchema } from '@guildhall/contracts';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { startTestApi, type TestApi, TEST_WEB_ORIGIN } from '../../../testing/api.js';
import { id } from '../../../testing/bot-events.js';
import { type MigratedDatabase, migratedDatabase } from '../../../testing/ingest-app.js';
import { signIn } from '../../../testing/people.js';
import { readProblem } from '../../../testing/problem-answers.js';

let database: MigratedDatabase;
let api: TestApi;
let bearer: Record<string, string>;

beforeAll(async () => {
  database = await migratedDatabase(inject('postgresUrl'));
  api = await startTestApi(database.url, { ALLOWED_HOSTS: 'api.internal' });
  const { accessToken } = await signIn(api.app, database.database, id(1));
  bearer = { authorization: `Bearer ${accessToken}` };
});

afterAll(async () => {
  await api?.close();
  await database?.close();
});

interface RawAnswer {
  status: number;
  head: string;
  body: string;
}

/** Sends bytes as they are, which no HTTP client would. */
async function raw(text: string): Promise<RawAnswer> {
  const socket = connect(Number(new URL(api.url).port), '127.0.0.1').setEncoding('utf8');
  socket.write(text);
  const answer = (await Array.fromAsync(socket)).join('');
  const [head = '', body = ''] = answer.split('\r\n\r\n');
  return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1]), head, body };
}

const rawGet = (path: string, ...headers: string[]) =>
  raw([`GET ${path} HTTP/1.1`, ...headers, 'Connection: close', '', ''].join('\r\n'));

function problemIn({ body, head }: RawAnswer): Problem {
  expect(head).toMatch(/content-type: application\/problem\+json/i);
  const problem = problemSchema.strict().parse(JSON.parse(body));
  expect(head).toContain(`x-request-id: ${problem.requestId}`);
  return problem;
}

describe('a request that names', () => {
  it.each(['evil.example', 'localhost.evil.example', '203.0.113.7', 'localhost@evil.example'])(
    'the host %s was not meant for us',
    async (host) => {
      const answer = await rawGet('/api/instance', `Host: ${host}`);
      expect(answer.status).toBe(421);
      expect(problemIn(answer).type).toBe('urn:guildhall:problem:misdirected-request');
    },
  );

  it.each(['localhost', '127.0.0.1:80', 'api.internal:3000', '[::1]'])('the host %s was', async (host) => {
    expect((await rawGet('/api/instance', `Host: ${host}`)).status).toBe(200);
  });

  it('any host may ask for our health', async () => {
    expect((await rawGet('/health/live', 'Host: 10.1.2.3:3000')).status).toBe(200);
    expect((await rawGet('/health-x', 'Host: 10.1.2.3:3000')).status).toBe(421);
  });

  it('a host through a proxy that nobody trusts is judged by its own', async () => {
    expect((await rawGet('/api/instance', 'Host: localhost', 'X-Forwarded-Host: evil.example')).status).toBe(200);
    expect((await rawGet('/api/instance', 'Host: evil.example', 'X-Forwarded-Host: localhost')).status).toBe(421);
  });

  it('no page of the dashboard is served under another name either', async () => {
    expect((await rawGet('/', 'Host: evil.example', 'Accept: text/html')).status).toBe(421);
  });
});

describe('headers', () => {
  it('of 100 kB are refused with a problem', async () => {
    const answer = await rawGet('/api/instance', 'Host: localhost', `X-Long: ${'x'.repeat(100_000)}`);
    expect(answer.status).toBe(431);
    expect(problemIn(answer)).toMatchObject({ status: 431, detail: 'Send at most 16 KiB of headers.' });
  });

  it('of 15 kB are read', async () => {
    expect((await rawGet('/api/instance', 'Host: localhost', `X-Long: ${'x'.repeat(15_000)}`)).status).toBe(200);
  });

  it('that are none are a problem too', async () => {
    const answer = await raw('GET /api/instance HTTP/1.1\r\nHost: localhost\r\nno colon here\r\n\r\n');
    expect(answer.status).toBe(400);
    expect(problemIn(answer).type).toBe('urn:guildhall:problem:bad-request');
  });

  it('that say two lengths smuggle nothing', async () => {
    const smuggled = 'GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n';
    const answer = await raw(
      `POST /api/auth/refresh HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${smuggled}`,
    );
    expect(answer.status).toBe(400);
    expect(answer.head.match(/HTTP\/1\.1/g)).toHaveLength(1);
  });
});

const patchMe = (body: string) =>
  fetch(`${api.url}/api/auth/me`, {
    method: 'PATCH',
    headers: { ...bearer, 'content-type': 'application/json' },
    body,
  });

describe('a body', () => {
  it('that is nested without end is refused like any other', async () => {
    const deep = (open: string, close: string) => `${open.repeat(100_000)}1${close.repeat(100_000)}`;
    for (const body of [deep('[', ']'), deep('{"a":', '}'), `{"theme":${deep('[', ']')}}`]) {
      expect((await readProblem(await patchMe(body))).status).toBe(400);
    }
  });

  it.each([
    '{"__proto__":{"theme":"dark"}}',
    '{"constructor":{"prototype":{"isAdmin":true}},"theme":"dark"}',
    String.raw`{"\u005f\u005fproto\u005f\u005f":{"isAdmin":true},"theme":"dark"}`,
  ])('does not reach a prototype: %s', async (body) => {
    expect((await readProblem(await patchMe(body))).status).toBe(400);
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
  });

  it('that says another length than it has is not taken', async () => {
    const head = `PATCH /api/auth/me HTTP/1.1\r\nHost: localhost\r\nAuthorization: ${bearer.authorization}\r\n`;
    const answer = await raw(
      `${head}Content-Type: application/json\r\nContent-Length: 5\r\nConnection: close\r\n\r\n{"theme":"dark"}`,
    );
    expect(answer.status).toBe(400);
  });
});

describe('a page of somebody else', () => {
  const preflight = (origin: string) =>
    fetch(`${api.url}/api/auth/me`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'PATCH', 'access-control-request-headers': 'if-match' },
    });

  it('may not call, while the dashboard may', async () => {
    const own = await preflight(TEST_WEB_ORIGIN);
    expect(own.headers.get('access-control-allow-origin')).toBe(TEST_WEB_ORIGIN);
    expect(own.headers.get('access-control-allow-methods')).toContain('PATCH');
    for (const origin of ['https://evil.example', 'null', `${TEST_WEB_ORIGIN}.evil.example`]) {
      expect((await preflight(origin)).headers.get('access-control-allow-origin')).not.toBe(origin);
    }
  });

  it('and the dashboard reads the headers that matter', async () => {
    const response = await fetch(`${api.url}/api/instance`, { headers: { origin: TEST_WEB_ORIGIN } });
    const exposed = response.headers.get('access-control-expose-headers')?.toLowerCase();
    for (const name of ['etag', 'ratelimit', 'retry-after', 'idempotency-replayed', 'x-request-id']) {
      expect(exposed).toContain(name);
    }
  });
});
