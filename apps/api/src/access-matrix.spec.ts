import {
  CAPABILITIES,
  type Capability,
  capabilitySets,
  INTERACTION_CONTEXT_HEADER,
  newApiKeySchema,
  type Snowflake,
} from '@guildhall/contracts';
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
  'moderator',
  'invited',
  'apiKey',
  'administrator',
  'owner',
  'administratorOfAnotherGuild',
  'instanceAdministrator',
  'bot',
] as const;
type Role = (typeof roles)[number];
type Expectation = Record<Role, number>;

/** What people hold in the guild; to those who are not named it does not exist. */
const held: Partial<Record<Role, readonly Capability[]>> = {
  moderator: capabilitySets.moderator,
  invited: ['guild.view'],
  apiKey: ['guild.view', 'members.read'],
  administrator: CAPABILITIES,
  owner: CAPABILITIES,
};

const everybody = (status: number) => Object.fromEntries(roles.map((role) => [role, status])) as Expectation;

/** For whoever signed in; keys of guilds and the bot's own credential are good for the routes that say so, and for no other. */
const accounts = (status: number): Expectation => ({ ...everybody(status), nobody: 401, apiKey: 401, bot: 401 });

/** For those who hold the capability in the guild. */
const guild = (capability: Capability, status: number): Expectation => {
  const statusFor = (role: Role) => {
    const own = held[role];
    if (!own) return 404;
    return own.includes(capability) ? status : 403;
  };
  return { ...mapRoles(statusFor), nobody: 401, bot: 401 };
};

/** The same, for the bot on behalf of an administrator as well. */
const interaction = (capability: Capability, status: number): Expectation => ({
  ...guild(capability, status),
  bot: status,
});

/** For administrators of the instance. */
const instance = (status: number): Expectation => ({ ...accounts(403), instanceAdministrator: status });

/** For the bot on its own behalf. */
const service = (status: number): Expectation => ({ ...everybody(401), bot: status });

function mapRoles(statusFor: (role: Role) => number): Expectation {
  return Object.fromEntries(roles.map((role) => [role, statusFor(role)])) as Expectation;
}

/** No Discord can be reached in this spec: whoever may do something to it gets so far. */
const NO_DISCORD = 503;

/** Every route, and what each of them is to get. A route without an entry fails the last test. */
const matrix: Record<string, Expectation> = {
  // No gateway is connected in this spec.
  'GET /health': everybody(503),
  'GET /health/live': everybody(200),
  'GET /health/ready': everybody(200),
  'GET /api/instance': everybody(200),
  'GET /api/diagnostics/request': service(200),
  'GET /api/interactions/configuration': service(200),
  'GET /api/auth/discord/login': everybody(302),
  'POST /api/auth/discord/login': everybody(303),
  'GET /api/auth/discord/callback': everybody(302),
  'POST /api/auth/exchange-session': everybody(401),
  'POST /api/auth/refresh': everybody(401),
  'POST /api/auth/login': everybody(401),
  'POST /api/auth/register': everybody(403),
  'POST /api/auth/verify-email': everybody(400),
  'POST /api/auth/forgot-password': everybody(202),
  'POST /api/auth/reset-password': everybody(400),
  'POST /api/auth/logout': accounts(204),
  'POST /api/auth/logout-all': accounts(204),
  'GET /api/auth/sessions': accounts(200),
  'DELETE /api/auth/sessions/{id}': accounts(404),
  'GET /api/auth/me': accounts(200),
  'PATCH /api/auth/me': accounts(200),
  // The confirmation is wrong.
  'DELETE /api/auth/me': accounts(400),
  'GET /api/auth/me/avatar': accounts(404),
  'PUT /api/auth/me/avatar': accounts(415),
  'DELETE /api/auth/me/avatar': accounts(204),
  'GET /api/auth/me/exports': accounts(200),
  'POST /api/auth/me/exports': accounts(202),
  'GET /api/auth/me/exports/{id}/file': accounts(404),
  'GET /api/auth/sign-in-ways': accounts(200),
  'POST /api/auth/email': accounts(202),
  'POST /api/auth/change-password': accounts(403),
  // Nobody here has signed in at Discord.
  'GET /api/auth/discord': everybody(401),
  'POST /api/auth/discord/link': { ...accounts(200) },
  // It is their only way to sign in.
  'POST /api/auth/discord/unlink': accounts(409),
  'GET /api/admin/accounts': instance(200),
  'POST /api/admin/accounts': instance(201),
  'PATCH /api/admin/accounts/{id}': instance(404),
  'DELETE /api/admin/accounts/{id}/sessions': instance(404),
  'GET /api/admin/audit': instance(200),
  'GET /api/admin/failures': instance(200),
  'POST /api/admin/failures/{id}/retry': instance(404),
  'POST /api/admin/failures/{id}/dismiss': instance(404),
  'GET /api/invitations/preview': everybody(400),
  'POST /api/invitations/accept': accounts(400),
  'GET /api/guilds': accounts(200),
  'GET /api/guilds/{guildId}': guild('guild.view', 200),
  'GET /api/guilds/{guildId}/overview': guild('guild.view', 200),
  'GET /api/guilds/{guildId}/messages': guild('messages.read', 200),
  'DELETE /api/guilds/{guildId}/data': { ...guild('guild.view', 403), owner: 400 },
  'GET /api/guilds/{guildId}/settings': guild('guild.view', 200),
  'PATCH /api/guilds/{guildId}/settings': guild('guild.manage', 200),
  'GET /api/guilds/{guildId}/access/roles': guild('access.manage', 200),
  'PUT /api/guilds/{guildId}/access/roles/{roleId}': guild('access.manage', NO_DISCORD),
  'GET /api/guilds/{guildId}/access/people': guild('access.manage', 200),
  'PATCH /api/guilds/{guildId}/access/people/{accountId}': guild('access.manage', NO_DISCORD),
  'DELETE /api/guilds/{guildId}/access/people/{accountId}': guild('access.manage', NO_DISCORD),
  'GET /api/guilds/{guildId}/access/invitations': guild('access.manage', 200),
  'POST /api/guilds/{guildId}/access/invitations': guild('access.manage', NO_DISCORD),
  'DELETE /api/guilds/{guildId}/access/invitations/{id}': guild('access.manage', NO_DISCORD),
  'GET /api/guilds/{guildId}/api-keys': guild('apiKeys.manage', 200),
  'POST /api/guilds/{guildId}/api-keys': guild('apiKeys.manage', 201),
  'POST /api/guilds/{guildId}/api-keys/{id}/rotate': guild('apiKeys.manage', 404),
  'DELETE /api/guilds/{guildId}/api-keys/{id}': guild('apiKeys.manage', 404),
  'GET /api/guilds/{guildId}/audit': guild('audit.read', 200),
  'GET /api/guilds/{guildId}/audit/export': guild('audit.read', 200),
  'GET /api/guilds/{guildId}/failures': guild('failures.manage', 200),
  'POST /api/guilds/{guildId}/failures/{id}/retry': guild('failures.manage', 404),
  'POST /api/guilds/{guildId}/failures/{id}/dismiss': guild('failures.manage', 404),
  'GET /api/discord/guilds/{guildId}': guild('guild.view', 200),
  'GET /api/discord/guilds/{guildId}/channels': guild('channels.read', 200),
  'GET /api/discord/guilds/{guildId}/roles': guild('roles.read', 200),
  'GET /api/discord/guilds/{guildId}/members': guild('members.read', 200),
  'GET /api/discord/guilds/{guildId}/members/{userId}': guild('members.read', 200),
  'PATCH /api/discord/guilds/{guildId}/members/{userId}': guild('members.edit', NO_DISCORD),
  'DELETE /api/discord/guilds/{guildId}/members/{userId}': interaction('members.kick', NO_DISCORD),
  'PATCH /api/discord/guilds/{guildId}/members/{userId}/timeout': interaction('members.timeout', NO_DISCORD),
  'PUT /api/discord/guilds/{guildId}/members/{userId}/roles/{roleId}': interaction('roles.assign', NO_DISCORD),
  'DELETE /api/discord/guilds/{guildId}/members/{userId}/roles/{roleId}': interaction('roles.assign', NO_DISCORD),
  'GET /api/discord/guilds/{guildId}/bans': guild('bans.read', 200),
  'PUT /api/discord/guilds/{guildId}/bans/{userId}': interaction('bans.write', NO_DISCORD),
  'DELETE /api/discord/guilds/{guildId}/bans/{userId}': interaction('bans.write', NO_DISCORD),
  'GET /api/discord/channels/{channelId}': guild('channels.read', 200),
  'GET /api/discord/channels/{channelId}/messages': guild('messages.read', 200),
  'POST /api/discord/channels/{channelId}/messages': guild('messages.send', NO_DISCORD),
  'DELETE /api/discord/channels/{channelId}/messages/{messageId}': interaction('messages.delete', NO_DISCORD),
  // Seen by those who may see members of a guild that both are in.
  'GET /api/discord/users/{userId}': {
    ...accounts(404),
    moderator: 200,
    administrator: 200,
    owner: 200,
  },
  'GET /api/gateway/status': accounts(200),
  // Allowed, but no bot is connected.
  'GET /api/gateway/ping': { ...accounts(503), bot: 503 },
};

/** Good enough to be read, and of nobody. */
const PASSWORD = 'four brass lanterns swing';

/** What routes need besides their address. */
const bodies: Record<string, (role: Role) => unknown> = {
  'POST /api/auth/exchange-session': () => ({ sessionId: 'a'.repeat(64) }),
  'POST /api/auth/refresh': () => ({ refreshToken: 'x'.repeat(43) }),
  'POST /api/auth/login': (role) => ({ email: `${role}@example.org`, password: 'wrong' }),
  'POST /api/auth/register': (role) => ({ email: `${role}@example.org`, password: PASSWORD }),
  'POST /api/auth/verify-email': () => ({ token: 'x' }),
  'POST /api/auth/forgot-password': (role) => ({ email: `${role}@example.org` }),
  'POST /api/auth/reset-password': () => ({ token: 'x', password: PASSWORD }),
  'POST /api/auth/email': (role) => ({ email: `${role}@example.org`, password: PASSWORD }),
  'POST /api/auth/change-password': () => ({ currentPassword: 'wrong', newPassword: PASSWORD }),
  'POST /api/auth/discord/link': () => ({}),
  'POST /api/auth/discord/unlink': () => ({}),
  'PATCH /api/auth/me': () => ({ locale: 'fr' }),
  'DELETE /api/auth/me': () => ({ confirm: 'somebody else' }),
  'POST /api/admin/accounts': () => ({ email: 'made@example.org' }),
  'PATCH /api/admin/accounts/{id}': () => ({ role: 'MODERATOR' }),
  'POST /api/invitations/accept': () => ({ token: 'a'.repeat(43) }),
  'DELETE /api/guilds/{guildId}/data': () => ({ confirm: 'another name' }),
  'PATCH /api/guilds/{guildId}/settings': () => ({ prefix: '?' }),
  'PUT /api/guilds/{guildId}/access/roles/{roleId}': () => ({ set: null, granted: [], removed: [] }),
  'PATCH /api/guilds/{guildId}/access/people/{accountId}': () => ({ capabilities: ['guild.view'] }),
  'POST /api/guilds/{guildId}/access/invitations': () => ({ email: 'jo@example.org', capabilities: ['guild.view'] }),
  'POST /api/guilds/{guildId}/api-keys': () => ({ name: 'key', capabilities: ['guild.view'] }),
  'POST /api/guilds/{guildId}/api-keys/{id}/rotate': () => ({}),
  'PATCH /api/discord/guilds/{guildId}/members/{userId}': () => ({ nickname: 'Nick' }),
  'PATCH /api/discord/guilds/{guildId}/members/{userId}/timeout': () => ({ durationSeconds: 60 }),
  'POST /api/discord/channels/{channelId}/messages': () => ({ content: 'hello' }),
};

/** What routes need in their query. */
const queries: Record<string, string> = {
  'GET /api/guilds/{guildId}/audit/export': '?format=csv',
};

const guildId = id(1_000);
const otherGuildId = id(2_000);
const administratorRole = id(1_001);
const moderatorRole = id(1_002);
const plainRole = id(1_003);
const channelId = id(1_100);
const people: Record<Exclude<Role, 'nobody' | 'bot' | 'apiKey' | 'invited'>, Snowflake> = {
  stranger: id(10),
  member: id(11),
  formerAdministrator: id(12),
  administrator: id(13),
  owner: id(14),
  administratorOfAnotherGuild: id(15),
  moderator: id(16),
  instanceAdministrator: id(17),
};
const parameters: Record<string, string> = {
  guildId,
  channelId,
  userId: people.member,
  roleId: plainRole,
  messageId: id(5_000),
  accountId: '0198c2f0-0000-7000-8000-000000000000',
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
    { id: administratorRole, guildId, name: 'Administrator', permissions: '8', ...roleFacts, position: 9 },
    { id: moderatorRole, guildId, name: 'Moderator', permissions: '0', ...roleFacts, position: 5 },
    { id: plainRole, guildId, name: 'Plain', permissions: '0', ...roleFacts, position: 1 },
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
    { guildId, userId: people.moderator, roleIds: [moderatorRole] },
    { guildId: otherGuildId, userId: people.administratorOfAnotherGuild, roleIds: [id(2_001)] },
  ]);
  await db
    .insert(schema.roleAccess)
    .values({ guildId, roleId: moderatorRole, set: 'moderator', granted: [], removed: [] });
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
  if (role === 'apiKey') return { authorization: `Bearer ${await makeKey()}` };
  const account = role === 'invited' ? await invite() : await signInAnew(people[role], role);
  return { authorization: `Bearer ${account.accessToken}` };
}

async function signInAnew(discordId: Snowflake, role: Role) {
  await database.pool.query('delete from accounts where discord_id = $1', [discordId]);
  const platformRole = role === 'instanceAdministrator' ? 'ADMIN' : 'USER';
  const account = await signIn(api.app, database.database, discordId);
  await database.pool.query('update accounts set role = $2 where id = $1', [account.accountId, platformRole]);
  return account;
}

/** Somebody without Discord who was invited to see the guild. */
async function invite() {
  const account = await signIn(api.app, database.database, null);
  await database.database
    .insert(schema.guildPeople)
    .values({ guildId, accountId: account.accountId, capabilities: ['guild.view'] });
  return account;
}

/** A key that the owner made. */
async function makeKey(): Promise<string> {
  const response = await fetch(`${api.url}/api/guilds/${guildId}/api-keys`, {
    method: 'POST',
    headers: { ...(await credentials('owner')), 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'matrix', capabilities: held.apiKey }),
  });
  return newApiKeySchema.parse(await response.json()).key;
}

async function send(route: string, role: Role, values = parameters): Promise<Response> {
  const [method, template = ''] = route.split(' ');
  const path = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name]!);
  const body = bodies[route]?.(role);
  const response = await fetch(`${api.url}${path}${queries[route] ?? ''}`, {
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
