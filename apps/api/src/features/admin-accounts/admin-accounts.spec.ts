import { adminAccountPageSchema, createdAccountSchema } from '@guildhall/contracts';
import { schema } from '@guildhall/database';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { startTestApi, type TestApi } from '../../../testing/api.js';
import { TestBrowser } from '../../../testing/browser.js';
import { createEmailPerson, GOOD_PASSWORD } from '../../../testing/email-people.js';
import { type MigratedDatabase, migratedDatabase } from '../../../testing/ingest-app.js';
import { Mailbox, tokenIn } from '../../../testing/mailbox.js';
import { readProblem } from '../../../testing/problem-answers.js';

const ACCOUNTS = '/api/admin/accounts';

let database: MigratedDatabase;
let mailbox: Mailbox;
let api: TestApi;
let adminId: string;
let admin: string;
let email: string;
let accountId: string;
let count = 0;

beforeAll(async () => {
  [database, mailbox] = await Promise.all([migratedDatabase(inject('postgresUrl')), Mailbox.open()]);
  api = await startTestApi(database.url, { GUILDHALL_DATA_DIR: mailbox.dataDir });
  adminId = await createEmailPerson(api.app, { email: 'admin@example.org', role: 'ADMIN' });
  admin = await tokenOf('admin@example.org');
});

afterAll(async () => {
  await api?.close();
  await mailbox?.close();
  await database?.close();
});

beforeEach(async () => {
  email = `kim.${(count += 1)}@example.org`;
  accountId = await createEmailPerson(api.app, { email });
});

const login = (address: string, password = GOOD_PASSWORD) =>
  new TestBrowser(api.url).post('/api/auth/login', { email: address, password });

async function tokenOf(address: string): Promise<string> {
  const { accessToken } = (await (await login(address)).json()) as { accessToken: string };
  return accessToken;
}

async function send(token: string, path: string, init: { method?: string; body?: object } = {}): Promise<Response> {
  return fetch(`${api.url}${path}`, {
    method: init.method ?? 'GET',
    headers: { authorization: `Bearer ${token}`, ...(init.body && { 'content-type': 'application/json' }) },
    ...(init.body && { body: JSON.stringify(init.body) }),
  });
}

const patch = (id: string, body: object, token = admin) => send(token, `${ACCOUNTS}/${id}`, { method: 'PATCH', body });
const create = (body: object) => send(admin, ACCOUNTS, { method: 'POST', body });
const codeOf = async (response: Response) => (await readProblem(response)).code;

async function audited(action: string): Promise<unknown[]> {
  return database.database.select().from(schema.auditEntries).where(eq(schema.auditEntries.action, action));
}

describe('the accounts of an instance', () => {
  it('are for administrators only', async () => {
    const person = await tokenOf(email);
    expect(await codeOf(await send(person, ACCOUNTS))).toBe('missing-role');
    expect(await codeOf(await patch(accountId, { role: 'ADMIN' }, person))).toBe('missing-role');
    await patch(accountId, { role: 'MODERATOR' });
    expect(await codeOf(await send(person, ACCOUNTS))).toBe('missing-role');
  });

  it('are listed with how they sign in, and found by a part of name or address', async () => {
    const response = await send(admin, `${ACCOUNTS}?q=${encodeURIComponent(email.toUpperCase())}`);
    const { items, total } = adminAccountPageSchema.parse(await response.json());
    expect(total).toBe(1);
    expect(items[0]).toMatchObject({
      id: accountId,
      email,
      role: 'USER',
      isDisabled: false,
      emailSignIn: { email, isVerified: true, hasPassword: true },
    });
    const wildcard = await send(admin, `${ACCOUNTS}?q=${encodeURIComponent('%')}`);
    expect(adminAccountPageSchema.parse(await wildcard.json()).total).toBe(0);
    const admins = adminAccountPageSchema.parse(await (await send(admin, `${ACCOUNTS}?role=ADMIN`)).json());
    expect(admins.items.map(({ id }) => id)).toContain(adminId);
    expect(admins.items.map(({ id }) => id)).not.toContain(accountId);
  });
});

describe('creating an account', () => {
  it('mails a link with which the person chooses a password, and which proves the address', async () => {
    const address = `mailed.${email}`;
    const response = await create({ email: address, displayName: 'Kim', role: 'MODERATOR', locale: 'fr' });
    expect(response.status).toBe(201);
    const { account, password } = createdAccountSchema.parse(await response.json());
    expect(password).toBeNull();
    expect(account).toMatchObject({
      displayName: 'Kim',
      role: 'MODERATOR',
      emailSignIn: { isVerified: false, hasPassword: false },
    });
    const mail = await mailbox.newest(address);
    expect(mail.subject).toBe('Choisissez un nouveau mot de passe');
    const body = { token: tokenIn(mail), password: GOOD_PASSWORD };
    expect((await new TestBrowser(api.url).post('/api/auth/reset-password', body)).status).toBe(204);
    expect((await login(address)).status).toBe(200);
  });

  it('answers with a password where that is asked for', async () => {
    const address = `given.${email}`;
    const { password } = createdAccountSchema.parse(
      await (await create({ email: address, password: 'generated' })).json(),
    );
    expect(password?.length).toBeGreaterThanOrEqual(20);
    expect((await login(address, password ?? '')).status).toBe(200);
    expect(await mailbox.mailsTo(address)).toEqual([]);
  });

  it('is refused for an address that has one, whatever its case', async () => {
    expect(await codeOf(await create({ email: email.toUpperCase() }))).toBe('conflict');
  });

  it('is written down', async () => {
    const before = (await audited('account.created')).length;
    await create({ email: `audited.${email}`, password: 'generated' });
    expect(await audited('account.created')).toHaveLength(before + 1);
  });
});

describe('a role', () => {
  it('counts at once, given or taken', async () => {
    const person = await tokenOf(email);
    expect(await codeOf(await send(person, ACCOUNTS))).toBe('missing-role');
    expect((await patch(accountId, { role: 'ADMIN' })).status).toBe(200);
    expect((await send(person, ACCOUNTS)).status).toBe(200);
    expect((await patch(accountId, { role: 'USER' })).status).toBe(200);
    expect(await codeOf(await send(person, ACCOUNTS))).toBe('missing-role');
  });

  it('of the last administrator cannot be taken, nor can they be kept out', async () => {
    expect(await codeOf(await patch(adminId, { role: 'USER' }))).toBe('conflict');
    expect(await codeOf(await patch(adminId, { isDisabled: true }))).toBe('conflict');
  });

  it('is never taken from the last two at once', async () => {
    await patch(accountId, { role: 'ADMIN' });
    const answers = await Promise.all([patch(adminId, { role: 'USER' }), patch(accountId, { role: 'USER' })]);
    expect(answers.map(({ status }) => status).filter((status) => status === 200)).toHaveLength(1);
    await database.database.update(schema.accounts).set({ role: 'ADMIN' }).where(eq(schema.accounts.id, adminId));
    await database.database.update(schema.accounts).set({ role: 'USER' }).where(eq(schema.accounts.id, accountId));
    api.clock.pass(10);
  });
});

describe('keeping an account out', () => {
  it('ends its sessions and lets nobody in, until it is let in again', async () => {
    const person = await tokenOf(email);
    expect((await patch(accountId, { isDisabled: true })).status).toBe(200);
    expect((await send(person, '/api/auth/me')).status).toBe(401);
    expect(await codeOf(await login(email))).toBe('account-disabled');
    expect((await patch(accountId, { isDisabled: false })).status).toBe(200);
    expect((await send(person, '/api/auth/me')).status).toBe(401);
    expect((await login(email)).status).toBe(200);
  });
});

describe('signing an account out', () => {
  it('ends all its sessions, and is written down for each', async () => {
    const tokens = [await tokenOf(email), await tokenOf(email)];
    const before = (await audited('session.ended')).length;
    expect((await send(admin, `${ACCOUNTS}/${accountId}/sessions`, { method: 'DELETE' })).status).toBe(204);
    for (const token of tokens) expect((await send(token, '/api/auth/me')).status).toBe(401);
    expect(await audited('session.ended')).toHaveLength(before + 2);
  });

  it('of somebody unknown is not found', async () => {
    const id = '0198c2f0-0000-7000-8000-000000000000';
    expect(await codeOf(await send(admin, `${ACCOUNTS}/${id}/sessions`, { method: 'DELETE' }))).toBe('not-found');
    expect(await codeOf(await patch(id, { role: 'USER' }))).toBe('not-found');
  });
});
