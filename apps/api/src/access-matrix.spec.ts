import { INTERACTION_CONTEXT_HEADER, type Snowflake } from '@guildhall/contracts';
import { schema } from '@guildhall/database';
import type { OpenAPIObject } from '@nestjs/swagger';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { startTestApi, type TestApi, TEST_SERVICE_TOKEN } from '../testing/api.js';
import { id } from '../testing/bot-events.js';
import { type MigratedDatabase, migratedDatabase } from '../testing/ingest-app.js';
import { signIn } from '../testing/people.js';
import { readProblem } from '../testing/problem-answers.js';
import { describeApi } from './platform/http/openapi.js';

/** Who knocks. Everybody is somebody of the guild in question or of another one. */
const roles = [
  'nobody',
  'stranger',
  'member',
  'formerAdministrator',
  'administrator',
  'owner',
  'administratorOfAnotherGuild',
  'bot',
] as const;
type Role = (typeof roles)[number];
type Expectation = Record<Role, number>;

const everybody = (status: number) => Object.fromEntries(roles.map((role) => [role, status])) as Expectation;

/** For whoever signed in; the bot's own credential is good for the routes that say so, and for no other. */
const accounts = (status: number): Expectation => ({ ...everybody(status), nobody: 401, bot: 401 });

/** For those who hold the capability in the guild; to others it does not exist. */
const guild = (status: number): Expectation => ({ ...accounts(404), administrator: status, owner: status });

/** Every route, and what each of them is to get. A route without an entry fails the last test. */
const matrix: Record<string, Expectation> = {
  // No gateway is connected in this spec.
  'GET /health': everybody(503),
  'GET /health/live': everybody(200),
  'GET /health/ready': everybody(200),
  'GET /api/instance': everybody(200),
  'GET /api/auth/discord/login': everybody(302),
  'POST /api/auth/discord/login': everybody(303),
  'GET /api/auth/discord/callback': everybody(302),
  'POST /api/auth/exchange-session': everybody(401),
  'POST /api/auth/refresh': everybody(401),
  'POST /api/auth/logout': accounts(204),
  'POST /api/auth/logout-all': accounts(204),
  'GET /api/auth/sessions': accounts(200),
  'DELETE /api/auth/sessions/{id}': accounts(404),
  'GET /api/auth/me': accounts(200),
  'PATCH /api/auth/me': accounts(200),
  'GET /api/guilds': accounts(200),
  'GET /api/guilds/{guildId}': guild(200),
  'GET /api/guilds/{guildId}/overview': guild(200),
  'GET /api/guilds/{guildId}/messages': guild(200),
  'GET /api/discord/guilds/{guildId}': guild(200),
  'GET /api/discord/guilds/{guildId}/channels': guild(200),
  'GET /api/discord/guilds/{guildId}/roles': guild(200),
  'GET /api/discord/guilds/{guildId}/members': guild(200),
  'GET /api/discord/guilds/{guildId}/members/{userId}': guild(200),
  'GET /api/discord/channels/{channelId}/messages': guild(200),
  // Allowed, but no bot is connected.
  'GET /api/gateway/ping': { ...accounts(503), bot: 503 },
};

/** What routes need besides their address. */
const bodies: Record<string, unknown> = {
  'POST /api/auth/exchange-session': { sessionId: 'a'.repeat(64) },
  'POST /api/auth/refresh': { refreshToken: 'x'.repeat(43) },
  'PATCH /api/auth/me': { locale: 'fr' },
};

const guildId = id(1_000);
const otherGuildId = id(2_000);
const administratorRole = id(1_001);
const channelId = id(1_100);
const people: Record<Exclude<Role, 'nobody' | 'bot'>, Snowflake> = {
  stranger: id(10),
  member: id(11),
  formerAdministrator: id(12),
  administrator: id(13),
  owner: id(14),
  administratorOfAnotherGuild: id(15),
};
const parameters: Record<string, string> = {
  guildId,
  channelId,
  userId: people.member,
  id: '0198c2f0-0000-7000-8000-000000000000',
};

let database: MigratedDatabase;
let api: TestApi;
let document: OpenAPIObject;

beforeAll(async () => {
  database = await migratedDatabase(inject('postgresUrl'));
  await fill();
  api = await startTestApi(database.url);
  document = describeApi(api.app);
});

afterAll(async () => {
  await api?.close();
  await database?.close();
});

/** Two guilds with an administrator's role each. */
async function fill(): Promise<void> {
  const db = database.database;
  const guildFacts = { preferredLocale: 'en-GB', botId: 'guildhall', syncedAt: new Date() };
  await db.insert(schema.guilds).values([
    { id: guildId, name: 'Ours', ownerId: people.owner, ...guildFacts },
    { id: otherGuildId, name: 'Theirs', ownerId: id(99), ...guildFacts },
  ]);
  const roleFacts = { color: 0, position: 1, isManaged: false, isHoisted: false, isMentionable: false };
  await db.insert(schema.roles).values([
    { id: guildId, guildId, name: '@everyone', permissions: '104324673', ...roleFacts },
    { id: administratorRole, guildId, name: 'Administrator', permissions: '8', ...roleFacts },
    { id: id(2_001), guildId: otherGuildId, name: 'Administrator', permissions: '8', ...roleFacts },
  ]);
  await db
    .insert(schema.discordUsers)
    .values(Object.entries(people).map(([username, userId]) => ({ id: userId, username, isBot: false })));
  await db.insert(schema.members).values([
    { guildId, userId: people.member, roleIds: [] },
    { guildId, userId: people.formerAdministrator, roleIds: [administratorRole], leftAt: new Date() },
    { guildId, userId: people.administrator, roleIds: [administratorRole] },
    { guildId, userId: people.owner, roleIds: [] },
    { guildId: otherGuildId, userId: people.administratorOfAnotherGuild, roleIds: [id(2_001)] },
  ]);
  await db.insert(schema.channels).values({
    ...{ id: channelId, guildId, type: 0, name: 'general', position: 0, isNsfw: false, slowmodeSeconds: 0 },
  });
  await db
    .insert(schema.messages)
    .values({ id: id(5_000), guildId, channelId, authorId: people.member, content: 'hello' });
}

const accountOf = new Map<Role, Promise<Record<string, string>>>();

/** The credentials of a role; after a route that ends sessions they are made anew. */
function credentials(role: Role): Promise<Record<string, string>> {
  const known = accountOf.get(role) ?? knock(role);
  accountOf.set(role, known);
  return known;
}

async function knock(role: Role): Promise<Record<string, string>> {
  if (role === 'nobody') return {};
  if (role === 'bot') {
    const context = {
      guildId,
      userId: people.administrator,
      roleIds: [administratorRole],
      permissions: '8',
      locale: 'en',
    };
    const header = Buffer.from(JSON.stringify(context)).toString('base64url');
    return { authorization: `Bearer ${TEST_SERVICE_TOKEN}`, [INTERACTION_CONTEXT_HEADER]: header };
  }
  await database.pool.query('delete from accounts where discord_id = $1', [people[role]]);
  const { accessToken } = await signIn(api.app, database.database, people[role]);
  return { authorization: `Bearer ${accessToken}` };
}

async function send(route: string, role: Role, values = parameters): Promise<Response> {
  const [method, template = ''] = route.split(' ');
  const path = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name]!);
  const body = bodies[route];
  const response = await fetch(`${api.url}${path}`, {
    method: method!,
    redirect: 'manual',
    headers: { ...(await credentials(role)), ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (template.includes('logout')) accountOf.delete(role);
  return response;
}

describe.each(Object.entries(matrix))('%s', (route, expectation) => {
  it.each(roles)(`answers %s as it should`, async (role) => {
    const response = await send(route, role);
    expect({ role, status: response.status }).toEqual({ role, status: expectation[role] });
    if (response.status >= 400 && !route.startsWith('GET /health')) await readProblem(response);
  });
});

describe('what is hidden', () => {
  const hidden = Object.entries(matrix).filter(
    ([route, { stranger }]) => stranger === 404 && /guildId|channelId/.test(route),
  );

  it.each(hidden.map(([route]) => route))('cannot be told from what does not exist: %s', async (route) => {
    const absent = { ...parameters, guildId: id(777), channelId: id(778) };
    for (const role of ['stranger', 'member', 'administratorOfAnotherGuild'] as const) {
      const [known, unknown] = [
        await readProblem(await send(route, role)),
        await readProblem(await send(route, role, absent)),
      ];
      expect({ ...known, instance: '', requestId: '' }).toEqual({ ...unknown, instance: '', requestId: '' });
    }
  });

  it('is left out of the list of my guilds', async () => {
    const names = async (role: Role) => {
      const page = (await (await send('GET /api/guilds', role)).json()) as { items: { name: string }[]; total: number };
      expect(page.total).toBe(page.items.length);
      return page.items.map(({ name }) => name);
    };
    expect(await names('administrator')).toEqual(['Ours']);
    expect(await names('owner')).toEqual(['Ours']);
    expect(await names('administratorOfAnotherGuild')).toEqual(['Theirs']);
    for (const role of ['stranger', 'member', 'formerAdministrator'] as const) expect(await names(role)).toEqual([]);
  });
});

it('goes away with the role, and comes back with it', async () => {
  const read = async () => (await send('GET /api/guilds/{guildId}', 'administrator')).status;
  expect(await read()).toBe(200);
  await database.pool.query('update roles set deleted_at = now() where id = $1', [administratorRole]);
  expect(await read()).toBe(404);
  await database.pool.query('update roles set deleted_at = null where id = $1', [administratorRole]);
  await database.pool.query('update guilds set is_active = false where id = $1', [guildId]);
  expect(await read()).toBe(404);
  await database.pool.query('update guilds set is_active = true where id = $1', [guildId]);
  expect(await read()).toBe(200);
});

it('covers every route of the API', () => {
  const methods = ['get', 'post', 'put', 'patch', 'delete'] as const;
  const routes = Object.entries(document.paths).flatMap(([path, item]) =>
    methods.filter((method) => item[method]).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(Object.keys(matrix).toSorted()).toEqual(routes.toSorted());
});
