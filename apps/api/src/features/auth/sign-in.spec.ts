import { demoApplication, type Simulator } from '@guildhall/discord-simulator';
import { startCheckedSimulator } from '@guildhall/discord-simulator/testing';
import { accountSchema, tokensSchema } from '@guildhall/contracts';
import { schema } from '@guildhall/database';
import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { startTestApi, type TestApi, TEST_WEB_ORIGIN } from '../../../testing/api.js';
import { TestBrowser } from '../../../testing/browser.js';
import { begin, comeBack, decide, EXCHANGE, LOGIN, signInAs, target } from '../../../testing/discord-sign-in.js';
import { type MigratedDatabase, migratedDatabase } from '../../../testing/ingest-app.js';
import { readProblem } from '../../../testing/problem-answers.js';
import { TokenCipher } from '../../platform/crypto/token-cipher.js';

let database: MigratedDatabase;
let discord: Simulator;
let api: TestApi;
let personId: string;
let browser: TestBrowser;

beforeAll(async () => {
  database = await migratedDatabase(inject('postgresUrl'));
  discord = await startCheckedSimulator({
    port: 0,
    seed: 'empty',
    activity: false,
    rateLimits: 'off',
    application: demoApplication,
  });
  api = await startTestApi(database.url, { DISCORD_API_URL: `${discord.url}/api` });
  personId = discord.control.createUser({
    username: 'camille',
    globalName: 'Camille',
    locale: 'fr',
    email: 'camille@guildhall.test',
  }).id;
});

afterAll(async () => {
  await api?.close();
  await discord?.close();
  await database?.close();
});

afterEach(() => discord.control.failRest(null));

const newBrowser = () => (browser = new TestBrowser(api.url));

/** A sign-in up to the moment when Discord sends the browser back. */
async function authorized(): Promise<URL> {
  return decide(await begin(newBrowser()), personId);
}

/** A sign-in up to the dashboard. */
async function arrived(): Promise<{ session?: string; error?: string }> {
  const callback = await authorized();
  return comeBack(browser, callback);
}

async function bearer(path: string, token: string): Promise<Response> {
  return fetch(`${api.url}${path}`, { headers: { authorization: `Bearer ${token}` } });
}

describe('the way to Discord', () => {
  it('leads to its page with a state, PKCE and our scopes, and leaves a cookie that no script can read', async () => {
    const response = await new TestBrowser(api.url).get(LOGIN);
    expect(response.status).toBe(302);
    const page = target(response);
    expect(page.origin + page.pathname).toBe(`${discord.url}/oauth2/authorize`);
    expect(page.searchParams.get('state')).toMatch(/^[0-9a-f]{64}$/);
    expect(page.searchParams.get('code_challenge_method')).toBe('S256');
    expect(page.searchParams.get('scope')).toBe('identify guilds email');
    expect(response.headers.getSetCookie()).toEqual([
      expect.stringMatching(
        /^guildhall_browser_3000=[0-9a-f]{64}; Max-Age=900; Path=\/api\/auth; HttpOnly; SameSite=Lax$/,
      ),
    ]);
  });

  it('is open to a form too', async () => {
    const response = await new TestBrowser(api.url).post(LOGIN);
    expect(response.status).toBe(303);
    expect(target(response).pathname).toBe('/oauth2/authorize');
  });

  it('begins at the address that Discord will send the browser back to', async () => {
    const response = await new TestBrowser(api.url.replace('localhost', '127.0.0.1')).get(LOGIN);
    expect(target(response).href).toBe(`${TEST_WEB_ORIGIN}${LOGIN}`);
    expect(response.headers.getSetCookie()).toEqual([]);
  });
});

describe('the way back', () => {
  it('leads to the dashboard with a one-time id, which opens a session', async () => {
    const { session } = await arrived();
    expect(session).toMatch(/^[0-9a-f]{64}$/);
    const response = await browser.post(EXCHANGE, { sessionId: session });
    const body = await response.json();
    expect(tokensSchema.strict().parse(body)).toEqual({ accessToken: body.accessToken, expiresIn: 900 });
    expect(response.headers.getSetCookie()).toEqual([
      expect.stringMatching(
        /^guildhall_refresh_3000=[\w-]{43}; Max-Age=604800; Path=\/api\/auth; HttpOnly; SameSite=Strict$/,
      ),
    ]);
    const me = accountSchema.parse(await (await bearer('/api/auth/me', body.accessToken)).json());
    expect(me).toMatchObject({
      discordId: personId,
      username: 'camille',
      displayName: 'Camille',
      email: 'camille@guildhall.test',
      role: 'USER',
      locale: 'fr',
      theme: 'system',
    });
  });

  it("keeps Discord's tokens encrypted, so that only the key opens them", async () => {
    await signInAs(api.url, personId);
    const [row] = await database.database
      .select()
      .from(schema.discordTokens)
      .innerJoin(schema.accounts, eq(schema.accounts.id, schema.discordTokens.accountId));
    const { accessToken, accountId } = row!.discord_tokens;
    expect(accessToken).toMatch(/^k1:[\w-]{16}:[\w-]{22}:[\w-]+$/);
    const token = new TokenCipher(api.config).decrypt(accessToken, accountId);
    const answer = await fetch(`${discord.url}/api/v10/users/@me`, { headers: { authorization: `Bearer ${token}` } });
    expect(await answer.json()).toMatchObject({ id: personId });
  });

  it('remembers a language that was chosen, whatever Discord says later', async () => {
    const { tokens } = await signInAs(api.url, personId);
    const changed = await fetch(`${api.url}/api/auth/me`, {
      method: 'PATCH',
      headers: { authorization: `Bearer ${tokens.accessToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ locale: 'en', theme: 'dark' }),
    });
    expect(await changed.json()).toMatchObject({ locale: 'en', theme: 'dark' });
    const again = await signInAs(api.url, personId);
    const me = await bearer('/api/auth/me', again.tokens.accessToken);
    expect(await me.json()).toMatchObject({ locale: 'en', theme: 'dark' });
  });

  it('says that the person declined', async () => {
    const page = await begin(newBrowser());
    expect(await comeBack(browser, await decide(page, personId, 'cancel'))).toEqual({ error: 'oauth-denied' });
  });

  it('says that Discord is down, and works again afterwards', async () => {
    const callback = await authorized();
    discord.control.failRest({ status: 503, times: 1 });
    expect(await comeBack(browser, callback)).toEqual({ error: 'oauth-failed' });
    expect((await signInAs(api.url, personId)).tokens.accessToken).toBeTruthy();
  });

  it('says that Discord does not take the code', async () => {
    const callback = await authorized();
    callback.searchParams.set('code', 'forged');
    expect(await comeBack(browser, callback)).toEqual({ error: 'oauth-failed' });
  });
});

describe('the state of a sign-in', () => {
  const refused = { error: 'oauth-state-invalid' };

  it('works once', async () => {
    const callback = await authorized();
    expect(await comeBack(browser, callback)).toHaveProperty('session');
    expect(await comeBack(browser, callback)).toEqual(refused);
  });

  it('works once, even for two that come at the same moment', async () => {
    const callback = await authorized();
    const answers = await Promise.all([comeBack(browser, callback), comeBack(browser, callback)]);
    expect(answers.filter((answer) => 'session' in answer)).toHaveLength(1);
    expect(answers).toContainEqual(refused);
  });

  it('works for ten minutes', async () => {
    const callback = await authorized();
    api.clock.pass(600);
    expect(await comeBack(browser, callback)).toEqual(refused);
  });

  it('is refused when it is forged or missing', async () => {
    const callback = await authorized();
    const forged = new URL(callback);
    forged.searchParams.set('state', 'f'.repeat(64));
    expect(await comeBack(browser, forged)).toEqual(refused);
    forged.searchParams.set('state', "' or 1=1 --");
    expect(await comeBack(browser, forged)).toEqual(refused);
    forged.searchParams.delete('state');
    expect(await comeBack(browser, forged)).toEqual(refused);
  });

  it('is refused from another browser, and stays good for its own', async () => {
    const callback = await authorized();
    const own = browser;
    expect(await comeBack(new TestBrowser(api.url), callback)).toEqual(refused);
    const other = newBrowser();
    await begin(other);
    expect(await comeBack(other, callback)).toEqual(refused);
    expect(await comeBack(own, callback)).toHaveProperty('session');
  });

  it('lets two tabs of one browser sign in at the same time', async () => {
    const first = await begin(newBrowser());
    const second = await begin(browser);
    expect(await comeBack(browser, await decide(first, personId))).toHaveProperty('session');
    expect(await comeBack(browser, await decide(second, personId))).toHaveProperty('session');
  });
});

describe('the one-time id', () => {
  async function refusedWith(from: TestBrowser, sessionId: string | undefined): Promise<void> {
    const response = await from.post(EXCHANGE, { sessionId });
    expect((await readProblem(response)).code).toBe('session-code-invalid');
    expect(response.headers.getSetCookie()).toEqual([]);
  }

  it('works once', async () => {
    const { session } = await arrived();
    expect((await browser.post(EXCHANGE, { sessionId: session })).status).toBe(200);
    await refusedWith(browser, session);
  });

  it('works for five minutes', async () => {
    const { session } = await arrived();
    api.clock.pass(300);
    await refusedWith(browser, session);
  });

  it('works in the browser of the sign-in only', async () => {
    const { session } = await arrived();
    await refusedWith(new TestBrowser(api.url), session);
    expect((await browser.post(EXCHANGE, { sessionId: session })).status).toBe(200);
  });

  it('is refused when it is forged', async () => {
    await authorized();
    await refusedWith(browser, 'a'.repeat(64));
    expect((await readProblem(await browser.post(EXCHANGE, { sessionId: 'short' }))).errors).toEqual([
      { path: 'sessionId', message: 'must be a session id' },
    ]);
  });

  it('is not traded in for another site', async () => {
    const { session } = await arrived();
    const fromElsewhere = await browser.post(EXCHANGE, { sessionId: session }, { origin: 'https://evil.example' });
    expect((await readProblem(fromElsewhere)).code).toBe('bad-request');
    const fromOurPage = await browser.post(EXCHANGE, { sessionId: session }, { origin: TEST_WEB_ORIGIN });
    expect(fromOurPage.status).toBe(200);
  });
});
