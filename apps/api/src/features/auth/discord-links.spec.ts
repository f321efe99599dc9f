import { discordIdentitySchema, signInWaysSchema } from '@guildhall/contracts';
import { schema } from '@guildhall/database';
import { demoApplication, type Simulator } from '@guildhall/discord-simulator';
import { startCheckedSimulator } from '@guildhall/discord-simulator/testing';
import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { startTestApi, type TestApi } from '../../../testing/api.js';
import { TestBrowser } from '../../../testing/browser.js';
import { CALLBACK, decide, signInAs, target } from '../../../testing/discord-sign-in.js';
import { createEmailPerson, GOOD_PASSWORD } from '../../../testing/email-people.js';
import { type MigratedDatabase, migratedDatabase } from '../../../testing/ingest-app.js';
import { Mailbox, tokenIn } from '../../../testing/mailbox.js';
import { readProblem } from '../../../testing/problem-answers.js';
import { TokenCipher } from '../../platform/crypto/token-cipher.js';
import { DiscordAuthorizations } from './discord-authorizations.service.js';

let database: MigratedDatabase;
let discord: Simulator;
let mailbox: Mailbox;
let api: TestApi;
let personId: string;
let email: string;
let count = 0;

beforeAll(async () => {
  [database, mailbox] = await Promise.all([migratedDatabase(inject('postgresUrl')), Mailbox.open()]);
  discord = await startCheckedSimulator({
    port: 0,
    seed: 'empty',
    activity: false,
    rateLimits: 'off',
    application: demoApplication,
  });
  const overrides = { DISCORD_API_URL: `${discord.url}/api`, GUILDHALL_DATA_DIR: mailbox.dataDir };
  api = await startTestApi(database.url, overrides);
});

afterAll(async () => {
  await api?.close();
  await discord?.close();
  await mailbox?.close();
  await database?.close();
});

beforeEach(() => {
  count += 1;
  email = `camille.${count}@example.org`;
  personId = discord.control.createUser({ username: `camille${count}`, globalName: 'Camille', email }).id;
});
afterEach(() => discord.control.failRest(null));

/** Somebody who is signed in, in a browser. */
interface Person {
  browser: TestBrowser;
  token: string;
  accountId: string;
}

async function byEmail(address = email, browser = new TestBrowser(api.url)): Promise<Person> {
  const response = await browser.post('/api/auth/login', { email: address, password: GOOD_PASSWORD });
  const { accessToken } = (await response.json()) as { accessToken: string };
  return { browser, token: accessToken, accountId: await accountIdOf(accessToken) };
}

async function byDiscord(): Promise<Person> {
  const { browser, tokens } = await signInAs(api.url, personId);
  return { browser, token: tokens.accessToken, accountId: await accountIdOf(tokens.accessToken) };
}

const authorized = (token: string) => ({ authorization: `Bearer ${token}` });

async function accountIdOf(token: string): Promise<string> {
  const me = await fetch(`${api.url}/api/auth/me`, { headers: authorized(token) });
  return ((await me.json()) as { id: string }).id;
}

const post = ({ browser, token }: Person, path: string, body: object = {}) =>
  browser.post(`/api/auth/${path}`, body, authorized(token));
const get = ({ browser, token }: Person, path: string) => browser.get(`/api/auth/${path}`, authorized(token));

/** Links an identity up to the moment when Discord sends the browser back. */
async function linking(person: Person, discordPersonId = personId): Promise<URL> {
  const response = await post(person, 'discord/link', { currentPassword: GOOD_PASSWORD });
  expect(response.status).toBe(200);
  const { url } = (await response.json()) as { url: string };
  return decide(new URL(url), discordPersonId);
}

/** Where the dashboard is opened in the end. */
async function arrive(browser: TestBrowser, callback: URL): Promise<string> {
  const { pathname, search } = target(await browser.get(`${CALLBACK}${callback.search}`));
  return `${pathname}${search}`;
}

async function row(accountId: string) {
  const [account] = await database.database.select().from(schema.accounts).where(eq(schema.accounts.id, accountId));
  return account!;
}

async function waysOf(person: Person) {
  return signInWaysSchema.parse(await (await get(person, 'sign-in-ways')).json());
}

const codeOf = async (response: Response) => (await readProblem(response)).code;

describe('linking a Discord identity', () => {
  it('joins it with the e-mail account, which both ways open from then on', async () => {
    const address = `work.${email}`;
    const accountId = await createEmailPerson(api.app, { email: address });
    const person = await byEmail(address);
    expect(await arrive(person.browser, await linking(person))).toBe('/account?linked=1');
    expect(await row(accountId)).toMatchObject({ discordId: personId, email: address, displayName: 'Robin' });
    // The session that was open before knows it at once.
    expect(await waysOf(person)).toMatchObject({ isDiscordLinked: true, email: { email: address, isVerified: true } });
    expect((await byDiscord()).accountId).toBe(accountId);
    expect((await byEmail(address)).accountId).toBe(accountId);
    // Discord's address does not take the place of the one that was proven here.
    expect((await row(accountId)).email).toBe(address);
  });

  it('is never done because addresses are equal', async () => {
    const accountId = await createEmailPerson(api.app, { email });
    const other = await byDiscord();
    expect(other.accountId).not.toBe(accountId);
    expect((await row(accountId)).discordId).toBeNull();
  });

  it('is refused when another account has the identity', async () => {
    const owner = await byDiscord();
    await createEmailPerson(api.app, { email });
    const person = await byEmail();
    expect(await arrive(person.browser, await linking(person))).toBe('/account?error=discord-already-linked');
    expect((await row(owner.accountId)).discordId).toBe(personId);
    expect((await row(person.accountId)).discordId).toBeNull();
  });

  it('is refused when the account has another identity', async () => {
    await createEmailPerson(api.app, { email });
    const person = await byEmail();
    await arrive(person.browser, await linking(person));
    const second = discord.control.createUser({ username: `second${count}` }).id;
    expect(await arrive(person.browser, await linking(person, second))).toBe('/account?error=conflict');
    expect((await row(person.accountId)).discordId).toBe(personId);
  });

  it('asks for the password, so that an open session is not enough', async () => {
    await createEmailPerson(api.app, { email });
    const person = await byEmail();
    expect(await codeOf(await post(person, 'discord/link'))).toBe('reauthentication-required');
    expect(await codeOf(await post(person, 'discord/link', { currentPassword: 'wrong' }))).toBe('password-wrong');
  });

  it('is completed in the browser in which it began, once, while its session stands', async () => {
    await createEmailPerson(api.app, { email });
    const person = await byEmail();
    const callback = await linking(person);
    const elsewhere = await arrive(new TestBrowser(api.url), callback);
    expect(elsewhere).toBe('/auth/callback?error=oauth-state-invalid');
    await post(person, 'logout');
    expect(await arrive(person.browser, callback)).toBe('/account?error=unauthenticated');
    expect(await arrive(person.browser, callback)).toBe('/auth/callback?error=oauth-state-invalid');
    expect((await row(person.accountId)).discordId).toBeNull();
  });

  it('brings the person back to their account when they decline', async () => {
    await createEmailPerson(api.app, { email });
    const person = await byEmail();
    const response = await post(person, 'discord/link', { currentPassword: GOOD_PASSWORD });
    const { url } = (await response.json()) as { url: string };
    expect(await arrive(person.browser, await decide(new URL(url), personId, 'cancel'))).toBe(
      '/account?error=oauth-denied',
    );
  });

  it('begins at the address that Discord sends the browser back to', async () => {
    await createEmailPerson(api.app, { email });
    const there = await byEmail(email, new TestBrowser(api.url.replace('localhost', '127.0.0.1')));
    const problem = await readProblem(await post(there, 'discord/link', { currentPassword: GOOD_PASSWORD }));
    expect(problem.detail).toContain('http://localhost:3000');
  });
});

describe('unlinking', () => {
  it('leaves the e-mail sign-in, and gives the tokens back to Discord', async () => {
    await createEmailPerson(api.app, { email });
    const person = await byEmail();
    await arrive(person.browser, await linking(person));
    const token = await api.app.get(DiscordAuthorizations).accessToken(person.accountId);
    const asDiscord = () => fetch(`${discord.url}/api/v10/users/@me`, { headers: authorized(token) });
    expect((await asDiscord()).status).toBe(200);
    expect(await codeOf(await post(person, 'discord/unlink'))).toBe('reauthentication-required');
    expect((await post(person, 'discord/unlink', { currentPassword: GOOD_PASSWORD })).status).toBe(204);
    expect(await waysOf(person)).toMatchObject({ isDiscordLinked: false });
    expect(await tokensOf(person.accountId)).toEqual([]);
    await expect.poll(async () => (await asDiscord()).status, { timeout: 10_000 }).toBe(401);
    expect((await byDiscord()).accountId).not.toBe(person.accountId);
  });

  it('is refused when it is the only way to sign in', async () => {
    const person = await byDiscord();
    expect(await codeOf(await post(person, 'discord/unlink'))).toBe('last-sign-in-way');
    await post(person, 'email', { email: `later.${email}`, password: GOOD_PASSWORD });
    await mailbox.newest(`later.${email}`);
    // The address is not confirmed yet.
    expect(await codeOf(await post(person, 'discord/unlink'))).toBe('last-sign-in-way');
    expect((await row(person.accountId)).discordId).toBe(personId);
  });

  it('asks for a recent sign-in where there is no password', async () => {
    const person = await byDiscord();
    api.clock.pass(899);
    expect(await codeOf(await post(person, 'discord/unlink'))).toBe('last-sign-in-way');
    api.clock.pass(2);
    // The access token has expired by then, too.
    const { accessToken } = (await (await person.browser.post('/api/auth/refresh')).json()) as { accessToken: string };
    const again = { ...person, token: accessToken };
    expect(await codeOf(await post(again, 'discord/unlink'))).toBe('reauthentication-required');
    const body = { email, password: GOOD_PASSWORD };
    expect(await codeOf(await post(again, 'email', body))).toBe('reauthentication-required');
  });
});

describe('adding e-mail sign-in to a Discord account', () => {
  it('works once the address is confirmed', async () => {
    const person = await byDiscord();
    const address = `own.${email}`;
    expect((await post(person, 'email', { email: address, password: GOOD_PASSWORD })).status).toBe(202);
    const token = tokenIn(await mailbox.newest(address));
    expect(await waysOf(person)).toEqual({
      isDiscordLinked: true,
      email: { email: address, isVerified: false, hasPassword: true },
    });
    const early = await new TestBrowser(api.url).post('/api/auth/login', { email: address, password: 'wrong' });
    expect(await codeOf(early)).toBe('sign-in-failed');
    await new TestBrowser(api.url).post('/api/auth/verify-email', { token });
    expect((await byEmail(address)).accountId).toBe(person.accountId);
    const second = { email: `x.${email}`, password: GOOD_PASSWORD, currentPassword: GOOD_PASSWORD };
    expect(await codeOf(await post(person, 'email', second))).toBe('conflict');
    expect((await post(person, 'discord/unlink', { currentPassword: GOOD_PASSWORD })).status).toBe(204);
  });

  it('does not tell whether the address belongs to somebody else, who is told instead', async () => {
    const ownerId = await createEmailPerson(api.app, { email });
    const person = await byDiscord();
    const answer = await post(person, 'email', { email, password: 'seven paper kites return' });
    expect([answer.status, await answer.json()]).toEqual([202, { status: 'accepted' }]);
    expect((await mailbox.newest(email)).subject).toBe('You already have an account');
    expect((await waysOf(person)).email).toBeNull();
    expect((await byEmail()).accountId).toBe(ownerId);
  });
});

describe('what Discord lets us ask', () => {
  it('is asked with a token that is renewed when it has expired, once for all who ask', async () => {
    const guild = discord.control.createGuild({ name: 'Camille’s', ownerId: personId });
    const person = await byDiscord();
    const before = await tokensOf(person.accountId);
    discord.control.expireAccessTokens(personId);
    api.clock.pass(604_800);
    const again = await api.app.get(DiscordAuthorizations).accessToken(person.accountId);
    const others = await Promise.all(
      [1, 2, 3].map(() => api.app.get(DiscordAuthorizations).accessToken(person.accountId)),
    );
    expect(others).toEqual([again, again, again]);
    expect(await tokensOf(person.accountId)).not.toEqual(before);
    const fresh = await byDiscord();
    expect(discordIdentitySchema.parse(await (await get(fresh, 'discord')).json())).toEqual({
      id: personId,
      username: `camille${count}`,
      displayName: 'Camille',
      avatar: null,
      guilds: [{ id: guild.id, name: 'Camille’s', icon: null, isOwner: true }],
    });
  });

  it('is renewed once, even when many ask at the moment it has expired', async () => {
    const person = await byDiscord();
    discord.control.expireAccessTokens(personId);
    api.clock.pass(604_800);
    const service = api.app.get(DiscordAuthorizations);
    const tokens = await Promise.all(Array.from({ length: 8 }, () => service.accessToken(person.accountId)));
    expect(new Set(tokens).size).toBe(1);
  });

  it('ends when the person takes it back at Discord: they are asked to sign in again', async () => {
    const person = await byDiscord();
    discord.control.revokeAuthorization(personId);
    expect(await codeOf(await get(person, 'discord'))).toBe('discord-authorization-lost');
    api.clock.pass(604_800);
    await expect(api.app.get(DiscordAuthorizations).accessToken(person.accountId)).rejects.toMatchObject({
      code: 'discord-authorization-lost',
    });
    expect(await tokensOf(person.accountId)).toEqual([]);
    const again = await byDiscord();
    expect((await get(again, 'discord')).status).toBe(200);
  });

  it('is not lost while Discord is down', async () => {
    const person = await byDiscord();
    api.clock.pass(604_800);
    discord.control.failRest({ status: 503, times: 1 });
    const service = api.app.get(DiscordAuthorizations);
    await expect(service.accessToken(person.accountId)).rejects.toMatchObject({ code: 'oauth-failed' });
    expect(await service.accessToken(person.accountId)).toBeTruthy();
    const [tokens] = await tokensOf(person.accountId);
    expect(api.app.get(TokenCipher).decrypt(tokens!.accessToken, person.accountId)).toBeTruthy();
  });
});

async function tokensOf(accountId: string) {
  return database.database.select().from(schema.discordTokens).where(eq(schema.discordTokens.accountId, accountId));
}
