import { accountSchema, tokensSchema } from '@guildhall/contracts';
import { schema } from '@guildhall/database';
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it, vi } from 'vitest';
import { startTestApi, type TestApi, TEST_WEB_ORIGIN } from '../../../../testing/api.js';
import { TestBrowser } from '../../../../testing/browser.js';
import { createEmailPerson, GOOD_PASSWORD } from '../../../../testing/email-people.js';
import { type MigratedDatabase, migratedDatabase } from '../../../../testing/ingest-app.js';
import { Mailbox, tokenIn } from '../../../../testing/mailbox.js';
import { readProblem } from '../../../../testing/problem-answers.js';
import { Passwords } from './passwords.js';

const LOGIN = '/api/auth/login';

let database: MigratedDatabase;
let mailbox: Mailbox;
let api: TestApi;
let email: string;
let accountId: string;
let count = 0;

beforeAll(async () => {
  [database, mailbox] = await Promise.all([migratedDatabase(inject('postgresUrl')), Mailbox.open()]);
  api = await startTestApi(database.url, { GUILDHALL_DATA_DIR: mailbox.dataDir });
});

afterAll(async () => {
  await api?.close();
  await mailbox?.close();
  await database?.close();
});

beforeEach(async () => {
  email = `robin.${(count += 1)}@example.org`;
  accountId = await createEmailPerson(api.app, { email });
});

const post = (path: string, body: unknown, headers?: Record<string, string>) =>
  new TestBrowser(api.url).post(path, body, headers);

const login = (password = GOOD_PASSWORD, address = email) => post(LOGIN, { email: address, password });

/** An answer without what differs from request to request. */
async function withoutRequestId(response: Response): Promise<{ status: number; headers: object; body: string }> {
  const requestId = response.headers.get('x-request-id') ?? '';
  const varying = ['date', 'x-request-id', 'ratelimit'];
  const headers = Object.fromEntries([...response.headers].filter(([name]) => !varying.includes(name)));
  return { status: response.status, headers, body: (await response.text()).replace(requestId, '') };
}

async function auditOf(action: string): Promise<number> {
  const rows = await database.database
    .select({ id: schema.auditEntries.id })
    .from(schema.auditEntries)
    .innerJoin(schema.auditParts, eq(schema.auditParts.entryId, schema.auditEntries.id))
    .where(and(eq(schema.auditEntries.action, action), eq(schema.auditParts.accountId, accountId)));
  return new Set(rows.map(({ id }) => id)).size;
}

describe('signing in by e-mail', () => {
  it('answers a program with both tokens, and writes the session down', async () => {
    const response = await login();
    expect(response.status).toBe(200);
    const tokens = tokensSchema.strict().parse(await response.json());
    expect(tokens.refreshToken).toMatch(/^[\w-]{43}$/);
    expect(response.headers.getSetCookie()).toEqual([]);
    const me = await fetch(`${api.url}/api/auth/me`, { headers: { authorization: `Bearer ${tokens.accessToken}` } });
    expect(accountSchema.parse(await me.json())).toMatchObject({ id: accountId, email, displayName: 'Robin' });
    expect(await auditOf('session.started')).toBe(1);
  });

  it('leaves the refresh token in a cookie where that is asked for', async () => {
    const response = await post(LOGIN, { email, password: GOOD_PASSWORD, session: 'cookie' });
    expect(tokensSchema.strict().parse(await response.json())).not.toHaveProperty('refreshToken');
    expect(response.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^guildhall_refresh_3000=[\w-]{43}; .*HttpOnly; SameSite=Strict$/),
    ]);
  });

  it('does not care about the case of an address', async () => {
    expect((await login(GOOD_PASSWORD, email.toUpperCase())).status).toBe(200);
  });

  it('takes the password exactly as it is', async () => {
    for (const other of [GOOD_PASSWORD.toUpperCase(), `${GOOD_PASSWORD} `, ` ${GOOD_PASSWORD}`]) {
      expect((await readProblem(await login(other))).code).toBe('sign-in-failed');
    }
  });

  it.each([
    `${'a'.repeat(250)}@example.org`,
    'robin@example.org\n',
    'robin@example.org\r\nBcc: eve@example.org',
    'robin',
    '',
  ])('refuses the address %j', async (address) => {
    const problem = await readProblem(await login(GOOD_PASSWORD, address));
    expect(problem.code).toBe('validation-failed');
    expect(problem.errors?.[0]?.path).toBe('email');
  });

  it('is not possible from the page of another site', async () => {
    const body = { email, password: GOOD_PASSWORD, session: 'cookie' };
    const response = await post(LOGIN, body, { origin: 'https://evil.example' });
    expect((await readProblem(response)).code).toBe('bad-request');
    expect((await post(LOGIN, body, { origin: TEST_WEB_ORIGIN })).status).toBe(200);
  });

  it('tells a disabled account so, but only who knows the password', async () => {
    await database.database
      .update(schema.accounts)
      .set({ disabledAt: new Date() })
      .where(eq(schema.accounts.id, accountId));
    expect((await readProblem(await login('wrong'))).code).toBe('sign-in-failed');
    expect((await readProblem(await login())).code).toBe('account-disabled');
    expect(await auditOf('session.started')).toBe(0);
  });
});

describe('an address that was not confirmed', () => {
  it('does not open the account; who knows the password is told, and mailed a new link', async () => {
    await createEmailPerson(api.app, { email: `new.${email}`, isVerified: false });
    expect((await readProblem(await login('wrong', `new.${email}`))).code).toBe('sign-in-failed');
    expect((await readProblem(await login(GOOD_PASSWORD, `new.${email}`))).code).toBe('email-not-verified');
    const token = tokenIn(await mailbox.newest(`new.${email}`));
    expect((await post('/api/auth/verify-email', { token })).status).toBe(204);
    expect((await login(GOOD_PASSWORD, `new.${email}`)).status).toBe(200);
  });
});

describe('a wrong password and a wrong address', () => {
  it('get the same answer, byte for byte', async () => {
    const wrongPassword = await withoutRequestId(await login('not the password'));
    const wrongAddress = await withoutRequestId(await login('not the password', `nobody.${email}`));
    expect(wrongAddress).toEqual(wrongPassword);
    expect(wrongPassword.status).toBe(401);
  });

  it('are locked alike after ten times, and the right password does not help', async () => {
    const answers: Record<string, unknown[]> = {};
    for (const address of [email, `nobody.${email}`]) {
      answers[address] = [];
      for (let attempt = 0; attempt < 12; attempt += 1) {
        answers[address].push(await withoutRequestId(await login('wrong', address)));
      }
    }
    expect(answers[`nobody.${email}`]).toEqual(answers[email]);
    const statuses = answers[email]!.map((answer) => (answer as { status: number }).status);
    expect(statuses).toEqual([...Array<number>(10).fill(401), 429, 429]);
    const locked = await login();
    expect(locked.headers.get('retry-after')).toBe('900');
    expect((await readProblem(locked)).code).toBe('sign-in-locked');
  });

  it('are let through ten times and no more, however many come at once', async () => {
    const checks = vi.spyOn(api.app.get(Passwords), 'matches');
    const responses = await Promise.all(Array.from({ length: 20 }, () => login('wrong')));
    // Not only the answers: the other ten passwords were not even looked at.
    expect(checks).toHaveBeenCalledTimes(10);
    checks.mockRestore();
    const statuses = responses.map(({ status }) => status).sort();
    expect(statuses).toEqual([...Array<number>(10).fill(401), ...Array<number>(10).fill(429)]);
    expect((await login()).status).toBe(429);
  });
});

describe('a lock', () => {
  async function lock(address = email): Promise<void> {
    for (let attempt = 0; attempt < 10; attempt += 1) await login('wrong', address);
  }

  it('ends after fifteen minutes', async () => {
    await lock();
    api.clock.pass(899);
    expect((await login()).status).toBe(429);
    api.clock.pass(1);
    expect((await login()).status).toBe(200);
  });

  it('is told to the owner once, and written down once', async () => {
    await lock();
    await login('wrong');
    await lock(`nobody.${email}`);
    const mail = await mailbox.newest(email);
    expect(mail.subject).toBe('Sign-in to your account is locked for a while');
    await expect.poll(() => auditOf('account.locked')).toBe(1);
    // The job about the other address has been done by then, too, or will send nothing later.
    await expect.poll(lockOutJobs, { timeout: 10_000 }).toBe(0);
    expect(await mailbox.mailsTo(email)).toHaveLength(1);
    expect(await mailbox.mailsTo(`nobody.${email}`)).toEqual([]);
  });

  it('is far away for who gets it right in between', async () => {
    for (let round = 0; round < 3; round += 1) {
      for (let attempt = 0; attempt < 9; attempt += 1) expect((await login('wrong')).status).toBe(401);
      expect((await login()).status).toBe(200);
    }
  });

  it('holds for the address however it is written, and for no other', async () => {
    await lock(email.toUpperCase());
    expect((await login()).status).toBe(429);
    const other = `other.${email}`;
    await createEmailPerson(api.app, { email: other });
    expect((await login(GOOD_PASSWORD, other)).status).toBe(200);
  });
});

async function lockOutJobs(): Promise<number> {
  const found = await database.pool.query(`select 1 from pgboss.job where name = 'auth.lock-out'`);
  return found.rows.length;
}
