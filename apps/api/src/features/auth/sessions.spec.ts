import { accountSessionListSchema, snowflakeSchema, type Tokens } from '@guildhall/contracts';
import { schema } from '@guildhall/database';
import { eq } from 'drizzle-orm';
import { io } from 'socket.io-client';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { startTestApi, type TestApi, TEST_WEB_ORIGIN } from '../../../testing/api.js';
import { TestBrowser } from '../../../testing/browser.js';
import { REFRESH } from '../../../testing/discord-sign-in.js';
import { type MigratedDatabase, migratedDatabase } from '../../../testing/ingest-app.js';
import { readProblem } from '../../../testing/problem-answers.js';
import { newId } from '../../platform/ids.js';
import { AuthCookies } from './auth-cookies.js';
import { SessionsService } from './sessions.service.js';

let database: MigratedDatabase;
let api: TestApi;
let accountId: string;
let sessionId: string;
let refreshToken: string;

beforeAll(async () => {
  database = await migratedDatabase(inject('postgresUrl'));
  api = await startTestApi(database.url);
});

afterAll(async () => {
  await api?.close();
  await database?.close();
});

let personCount = 0;

beforeEach(async () => {
  accountId = newId();
  const discordId = snowflakeSchema.parse(String(175_928_847_299_117_063n + BigInt(personCount++)));
  await database.database
    .insert(schema.accounts)
    .values({ id: accountId, discordId, username: 'robin', displayName: 'Robin' });
  ({ sessionId, refreshToken } = await startSession());
});

const startSession = () => api.app.get(SessionsService).start(accountId, { userAgent: 'spec', ipAddress: '127.0.0.1' });

/** A browser that holds the refresh cookie of a session. */
class CookieBrowser extends TestBrowser {
  constructor(private token: string) {
    super(api.url);
  }

  override async send(path: string, init: RequestInit): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set('cookie', `guildhall_refresh_3000=${this.token}`);
    const response = await fetch(new URL(path, api.url), { ...init, headers, redirect: 'manual' });
    const cookie = response.headers.getSetCookie()[0];
    if (cookie !== undefined) this.token = /=([\w-]*);/.exec(cookie)![1]!;
    return response;
  }

  get held(): string {
    return this.token;
  }
}

const refreshByBody = (token: string) => new TestBrowser(api.url).post(REFRESH, { refreshToken: token });
const refreshByCookie = (token: string) => new CookieBrowser(token).post(REFRESH, {});

async function tokensOf(response: Response): Promise<Required<Tokens>> {
  expect(response.status).toBe(200);
  return (await response.json()) as Required<Tokens>;
}

async function sessionRow() {
  const [row] = await database.database.select().from(schema.sessions).where(eq(schema.sessions.id, sessionId));
  return row!;
}

async function me(accessToken: string): Promise<Response> {
  return fetch(`${api.url}/api/auth/me`, { headers: { authorization: `Bearer ${accessToken}` } });
}

async function expectRefused(response: Response): Promise<void> {
  expect((await readProblem(response)).code).toBe('refresh-token-invalid');
}

describe('a refresh token in a body', () => {
  it('gives a new pair, and the session lives on', async () => {
    api.clock.pass(3600);
    const tokens = await tokensOf(await refreshByBody(refreshToken));
    expect(tokens.refreshToken).toMatch(/^[\w-]{43}$/);
    expect(tokens.refreshToken).not.toBe(refreshToken);
    expect((await me(tokens.accessToken)).status).toBe(200);
    expect((await sessionRow()).expiresAt.getTime()).toBe(api.clock.now().getTime() + 7 * 86_400_000);
  });

  it('ends the whole family when it is used again, at once', async () => {
    const { refreshToken: second, accessToken } = await tokensOf(await refreshByBody(refreshToken));
    await expectRefused(await refreshByBody(refreshToken));
    await expectRefused(await refreshByBody(second));
    expect((await readProblem(await me(accessToken))).code).toBe('unauthenticated');
    expect((await sessionRow()).revokedReason).toBe('reused-token');
  });

  it('ends no other family', async () => {
    const other = await startSession();
    await refreshByBody(refreshToken);
    await expectRefused(await refreshByBody(refreshToken));
    expect((await refreshByBody(other.refreshToken)).status).toBe(200);
  });

  it('is good for one of two who present it at the same moment', async () => {
    const answers = await Promise.all([refreshByBody(refreshToken), refreshByBody(refreshToken)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 401]);
    expect((await sessionRow()).revokedReason).toBe('reused-token');
  });

  it('is refused when it is unknown, and says so without ending anything', async () => {
    await expectRefused(await refreshByBody('x'.repeat(43)));
    expect((await refreshByBody(refreshToken)).status).toBe(200);
  });

  it('is refused after seven days without use', async () => {
    api.clock.pass(7 * 86_400);
    await expectRefused(await refreshByBody(refreshToken));
  });

  it('is kept as a hash only', async () => {
    const rows = await database.database.select().from(schema.refreshTokens);
    expect(rows.every(({ hash }) => hash.length === 32)).toBe(true);
    expect(JSON.stringify(rows)).not.toContain(refreshToken);
  });
});

describe('a refresh token in a cookie', () => {
  it('is replaced by the next one, which no body shows', async () => {
    const browser = new CookieBrowser(refreshToken);
    expect(await tokensOf(await browser.post(REFRESH, {}))).not.toHaveProperty('refreshToken');
    expect(browser.held).not.toBe(refreshToken);
    expect((await browser.post(REFRESH, {})).status).toBe(200);
  });

  it('may be sent without a body', async () => {
    expect((await new CookieBrowser(refreshToken).post(REFRESH)).status).toBe(200);
  });

  it('may come from two tabs at once, which end up with the same successor', async () => {
    const tabs = [new CookieBrowser(refreshToken), new CookieBrowser(refreshToken)];
    const answers = await Promise.all(tabs.map((tab) => tab.post(REFRESH, {})));
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(tabs[0]!.held).toBe(tabs[1]!.held);
    expect((await refreshByCookie(tabs[0]!.held)).status).toBe(200);
  });

  it('has ten seconds of grace and no more', async () => {
    await refreshByCookie(refreshToken);
    api.clock.pass(10);
    expect((await refreshByCookie(refreshToken)).status).toBe(200);
    api.clock.pass(1);
    await expectRefused(await refreshByCookie(refreshToken));
    expect((await sessionRow()).revokedReason).toBe('reused-token');
  });

  it('has no grace once its successor was used', async () => {
    const browser = new CookieBrowser(refreshToken);
    await browser.post(REFRESH, {});
    await browser.post(REFRESH, {});
    await expectRefused(await refreshByCookie(refreshToken));
    await expectRefused(await browser.post(REFRESH, {}));
  });

  it('is not honoured for the page of another site', async () => {
    const browser = new CookieBrowser(refreshToken);
    const fromElsewhere = await browser.post(REFRESH, {}, { origin: 'https://evil.example' });
    expect((await readProblem(fromElsewhere)).code).toBe('bad-request');
    expect((await browser.post(REFRESH, {}, { 'sec-fetch-site': 'cross-site' })).status).toBe(400);
    expect((await browser.post(REFRESH, {}, { origin: TEST_WEB_ORIGIN })).status).toBe(200);
  });

  it('is missing where nobody signed in', async () => {
    await expectRefused(await new TestBrowser(api.url).post(REFRESH, {}));
  });
});

describe('the cookies', () => {
  it('are sent over HTTPS only where the dashboard is', () => {
    const sent: unknown[] = [];
    const reply = { setCookie: (...cookie: unknown[]) => sent.push(cookie) };
    const cookies = new AuthCookies({ ...api.config, WEB_URL: 'https://guildhall.example' });
    cookies.setRefresh(reply as never, 'token');
    expect(sent).toEqual([
      [
        'guildhall_refresh',
        'token',
        { httpOnly: true, secure: true, sameSite: 'strict', path: '/api/auth', maxAge: 604_800 },
      ],
    ]);
  });
});

describe('a session that is used every day', () => {
  it('ends thirty days after its sign-in', async () => {
    let token = refreshToken;
    for (let day = 0; day < 29; day += 1) {
      api.clock.pass(86_400);
      token = (await tokensOf(await refreshByBody(token))).refreshToken;
    }
    const { createdAt, expiresAt } = await sessionRow();
    expect(expiresAt.getTime() - createdAt.getTime()).toBe(30 * 86_400_000);
    api.clock.pass(86_400);
    await expectRefused(await refreshByBody(token));
  });
});

describe('the end of a session', () => {
  const send = (method: string, path: string, token: string) =>
    fetch(`${api.url}${path}`, { method, headers: { authorization: `Bearer ${token}` } });

  it('comes with the sign-out: neither token works any more, and the cookie goes', async () => {
    const { accessToken, refreshToken: next } = await tokensOf(await refreshByBody(refreshToken));
    expect((await me(accessToken)).status).toBe(200);
    const response = await send('POST', '/api/auth/logout', accessToken);
    expect(response.status).toBe(204);
    expect(response.headers.getSetCookie()[0]).toMatch(/^guildhall_refresh_3000=; Max-Age=0; Path=\/api\/auth/);
    expect((await readProblem(await me(accessToken))).code).toBe('unauthenticated');
    await expectRefused(await refreshByBody(next));
  });

  it('comes for all sessions at once where that is asked for', async () => {
    const other = await startSession();
    const { accessToken } = await tokensOf(await refreshByBody(refreshToken));
    expect((await send('POST', '/api/auth/logout-all', accessToken)).status).toBe(204);
    await expectRefused(await refreshByBody(other.refreshToken));
    expect((await me(accessToken)).status).toBe(401);
  });

  it('can be brought about from another session of the account, and from no other account', async () => {
    const other = await startSession();
    const { accessToken } = await tokensOf(await refreshByBody(refreshToken));
    const list = accountSessionListSchema.parse(await (await send('GET', '/api/auth/sessions', accessToken)).json());
    expect(list.items.map(({ id, isCurrent }) => [id, isCurrent]).toSorted()).toEqual(
      [
        [sessionId, true],
        [other.sessionId, false],
      ].toSorted(),
    );
    expect((await send('DELETE', `/api/auth/sessions/${other.sessionId}`, accessToken)).status).toBe(204);
    await expectRefused(await refreshByBody(other.refreshToken));

    accountId = newId();
    await database.database
      .insert(schema.accounts)
      .values({ id: accountId, username: 'mallory', displayName: 'Mallory' });
    const stranger = await startSession();
    const { accessToken: strange } = await tokensOf(await refreshByBody(stranger.refreshToken));
    const refused = await send('DELETE', `/api/auth/sessions/${sessionId}`, strange);
    expect((await readProblem(refused)).code).toBe('not-found');
    expect((await me(accessToken)).status).toBe(200);
  });

  it('closes the sockets of the session', async () => {
    const { accessToken } = await tokensOf(await refreshByBody(refreshToken));
    const socket = io(`${api.url}/realtime`, {
      auth: { token: accessToken },
      transports: ['websocket'],
      reconnection: false,
    });
    await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('connect_error', reject));
    const closed = new Promise((resolve) => socket.once('disconnect', resolve));
    await send('POST', '/api/auth/logout', accessToken);
    expect(await closed).toBe('io server disconnect');
  });
});
