import { schema } from '@guildhall/database';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { startTestApi, type TestApi } from '../../../../testing/api.js';
import { TestBrowser } from '../../../../testing/browser.js';
import { createEmailPerson, GOOD_PASSWORD } from '../../../../testing/email-people.js';
import { type MigratedDatabase, migratedDatabase } from '../../../../testing/ingest-app.js';
import { type LeftMail, Mailbox, tokenIn } from '../../../../testing/mailbox.js';
import { readProblem } from '../../../../testing/problem-answers.js';
import { sha256 } from '../secrets.js';

const OTHER_PASSWORD = 'seven paper kites return';

let database: MigratedDatabase;
let mailbox: Mailbox;
let api: TestApi;
let email: string;
let accountId: string;
let count = 0;

beforeAll(async () => {
  [database, mailbox] = await Promise.all([migratedDatabase(inject('postgresUrl')), Mailbox.open()]);
  api = await startTestApi(database.url, { GUILDHALL_DATA_DIR: mailbox.dataDir, REGISTRATION: 'open' });
});

afterAll(async () => {
  await api?.close();
  await mailbox?.close();
  await database?.close();
});

beforeEach(async () => {
  email = `sasha.${(count += 1)}@example.org`;
  accountId = await createEmailPerson(api.app, { email, locale: 'fr' });
});

const post = (path: string, body: unknown, token?: string) =>
  new TestBrowser(api.url).post(
    `/api/auth/${path}`,
    body,
    token === undefined ? {} : { authorization: `Bearer ${token}` },
  );
const login = (password = GOOD_PASSWORD, address = email) => post('login', { email: address, password });
const reset = (token: string, password = OTHER_PASSWORD) => post('reset-password', { token, password });
const register = (body: object) => post('register', { password: OTHER_PASSWORD, ...body });

async function accessToken(): Promise<string> {
  const { accessToken } = (await (await login()).json()) as { accessToken: string };
  return accessToken;
}

async function statusOf(token: string): Promise<number> {
  return (await fetch(`${api.url}/api/auth/me`, { headers: { authorization: `Bearer ${token}` } })).status;
}

async function forgotten(count = 1): Promise<LeftMail> {
  expect((await post('forgot-password', { email })).status).toBe(202);
  return mailbox.newest(email, count);
}

const codeOf = async (response: Response) => (await readProblem(response)).code;

describe('a link to choose a new password', () => {
  it('works once, ends every session and tells the owner', async () => {
    const session = await accessToken();
    const mail = await forgotten();
    expect(mail.subject).toBe('Choisissez un nouveau mot de passe');
    expect((await reset(tokenIn(mail))).status).toBe(204);
    expect(await statusOf(session)).toBe(401);
    expect((await login()).status).toBe(401);
    expect((await login(OTHER_PASSWORD)).status).toBe(200);
    expect((await mailbox.newest(email, 2)).subject).toBe('Votre mot de passe a été modifié');
    expect(await codeOf(await reset(tokenIn(mail), 'another fine sentence'))).toBe('link-invalid');
    expect((await login(OTHER_PASSWORD)).status).toBe(200);
  });

  it('works once, even for two that come at the same moment', async () => {
    const token = tokenIn(await forgotten());
    const responses = await Promise.all([reset(token, OTHER_PASSWORD), reset(token, 'another fine sentence')]);
    expect(responses.map(({ status }) => status).sort()).toEqual([204, 400]);
    const logins = await Promise.all([login(OTHER_PASSWORD), login('another fine sentence')]);
    expect(logins.map(({ status }) => status).sort()).toEqual([200, 401]);
  });

  it('works for half an hour', async () => {
    const token = tokenIn(await forgotten());
    api.clock.pass(1_800);
    expect(await codeOf(await reset(token))).toBe('link-invalid');
  });

  it('ends those that were mailed before', async () => {
    const first = tokenIn(await forgotten());
    const second = tokenIn(await forgotten(2));
    expect(await codeOf(await reset(first))).toBe('link-invalid');
    expect((await reset(second)).status).toBe(204);
  });

  it('stays good when the new password is refused', async () => {
    const token = tokenIn(await forgotten());
    expect(await codeOf(await reset(token, 'short'))).toBe('validation-failed');
    expect(await codeOf(await reset(token, 'Password123!'))).toBe('password-too-weak');
    expect((await reset(token)).status).toBe(204);
  });

  it('ends a lock, and proves the address', async () => {
    const fresh = `fresh.${email}`;
    await createEmailPerson(api.app, { email: fresh, isVerified: false });
    for (let attempt = 0; attempt < 10; attempt += 1) await login('wrong', fresh);
    expect((await login(GOOD_PASSWORD, fresh)).status).toBe(429);
    await mailbox.newest(fresh, 1);
    await post('forgot-password', { email: fresh });
    expect((await reset(tokenIn(await mailbox.newest(fresh, 2)))).status).toBe(204);
    expect((await login(OTHER_PASSWORD, fresh)).status).toBe(200);
  });

  it('is of no use for anything else, and is not in the database', async () => {
    const token = tokenIn(await forgotten());
    expect(await codeOf(await post('verify-email', { token }))).toBe('link-invalid');
    const [row] = await database.database
      .select()
      .from(schema.oneTimeLinks)
      .where(eq(schema.oneTimeLinks.accountId, accountId));
    expect(row?.hash).toEqual(sha256(token));
    expect(JSON.stringify((await database.pool.query(`select * from pgboss.job`)).rows)).not.toContain(token);
  });

  it('is mailed to nobody without an account, and the answer is the same', async () => {
    const answers = await Promise.all([
      post('forgot-password', { email }),
      post('forgot-password', { email: `no.${email}` }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([202, 202]);
    const [known, unknown] = await Promise.all(answers.map((answer) => answer.text()));
    expect(unknown).toBe(known);
    await mailbox.newest(email);
    await expect.poll(() => jobs('auth.forgot-password'), { timeout: 10_000 }).toBe(0);
    expect(await mailbox.mailsTo(`no.${email}`)).toEqual([]);
  });

  it('is mailed five times an hour at most', async () => {
    for (let request = 0; request < 7; request += 1) await post('forgot-password', { email });
    await mailbox.newest(email, 5);
    await expect.poll(() => jobs('auth.forgot-password'), { timeout: 10_000 }).toBe(0);
    expect(await mailbox.mailsTo(email)).toHaveLength(5);
    api.clock.pass(3_600);
    await forgotten(6);
  });
});

describe('a registration', () => {
  it('is open to people whose address is confirmed by the mailed link, once and for a day', async () => {
    const address = `new.${email}`;
    const answer = await register({ email: address, displayName: 'Noor', locale: 'fr' });
    expect([answer.status, await answer.json()]).toEqual([202, { status: 'accepted' }]);
    const mail = await mailbox.newest(address);
    expect(mail.subject).toBe('Confirmez votre adresse e-mail');
    expect(await codeOf(await login(OTHER_PASSWORD, address))).toBe('email-not-verified');
    const [first, second] = [tokenIn(mail), tokenIn(await mailbox.newest(address, 2))];
    expect(await codeOf(await post('verify-email', { token: first }))).toBe('link-invalid');
    expect((await post('verify-email', { token: second })).status).toBe(204);
    expect(await codeOf(await post('verify-email', { token: second }))).toBe('link-invalid');
    expect((await login(OTHER_PASSWORD, address)).status).toBe(200);
  });

  it('is confirmed within a day', async () => {
    await register({ email: `late.${email}` });
    const token = tokenIn(await mailbox.newest(`late.${email}`));
    api.clock.pass(86_400);
    expect(await codeOf(await post('verify-email', { token }))).toBe('link-invalid');
  });

  it('with a known address gets the same answer, and its owner is told', async () => {
    const fresh = await register({ email: `else.${email}` });
    const known = await register({ email: email.toUpperCase() });
    expect([known.status, await known.text()]).toEqual([fresh.status, await fresh.text()]);
    const mail = await mailbox.newest(email.toUpperCase());
    expect(mail.text).toContain('/auth/sign-in');
    expect(mail.text).not.toContain('token');
    expect((await login()).status).toBe(200);
    expect((await login(OTHER_PASSWORD)).status).toBe(401);
  });

  it('for one address twice at once creates one account', async () => {
    const address = `twin.${email}`;
    await Promise.all([register({ email: address }), register({ email: address.toUpperCase() })]);
    await expect.poll(() => jobs('auth.register'), { timeout: 10_000 }).toBe(0);
    const rows = await database.database.select().from(schema.emailCredentials);
    expect(rows.filter((row) => row.email.toLowerCase() === address)).toHaveLength(1);
  });

  it.each([
    ['Password123!', 'password-too-weak'],
    ['guildhall-2026', 'password-too-weak'],
    ['aaaaaaaaaaaa', 'password-too-weak'],
    ['1234567', 'validation-failed'],
    ['x'.repeat(129), 'validation-failed'],
  ])('is refused with the password %s', async (password, code) => {
    expect(await codeOf(await register({ email: `weak.${email}`, password }))).toBe(code);
  });

  it('is refused with a password made of the own address', async () => {
    const problem = await readProblem(
      await register({ email: 'josephine@acme-works.example', password: 'x-Josephine-x' }),
    );
    expect(problem.code).toBe('password-too-weak');
  });

  it.each([
    'é è à ù passés par là',
    '  leading and trailing  ',
    'correct horse battery stapler',
    'zq9$ '.padEnd(128, 'wfpgj lu'),
  ])('takes any characters: %j', async (password) => {
    expect((await register({ email: `any.${count}@example.org`, password })).status).toBe(202);
  });
});

describe('changing the password', () => {
  it('asks for the present one, and ends all other sessions', async () => {
    const [own, other] = [await accessToken(), await accessToken()];
    const wrong = await post('change-password', { currentPassword: 'wrong', newPassword: OTHER_PASSWORD }, own);
    expect(await codeOf(wrong)).toBe('password-wrong');
    const body = { currentPassword: GOOD_PASSWORD, newPassword: OTHER_PASSWORD };
    expect((await post('change-password', body, own)).status).toBe(204);
    expect([await statusOf(own), await statusOf(other)]).toEqual([200, 401]);
    expect((await login(OTHER_PASSWORD)).status).toBe(200);
    expect((await mailbox.newest(email)).subject).toBe('Votre mot de passe a été modifié');
  });

  it('is locked like signing in after ten wrong ones', async () => {
    const own = await accessToken();
    const body = { currentPassword: 'wrong', newPassword: OTHER_PASSWORD };
    for (let attempt = 0; attempt < 10; attempt += 1) await post('change-password', body, own);
    const right = await post('change-password', { ...body, currentPassword: GOOD_PASSWORD }, own);
    expect(await codeOf(right)).toBe('sign-in-locked');
    expect((await login()).status).toBe(429);
  });
});

async function jobs(name: string): Promise<number> {
  const { rows } = await database.pool.query(`select 1 from pgboss.job where name = $1`, [name]);
  return rows.length;
}
