import { type ApiKey, apiKeyPageSchema, apiKeySchema, type NewApiKey, newApiKeySchema } from '@guildhall/contracts';
import { schema } from '@guildhall/database';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { startTestApi, type TestApi } from '../../../testing/api.js';
import { type FoundedGuild, foundGuild } from '../../../testing/guild.js';
import { type MigratedDatabase, migratedDatabase } from '../../../testing/ingest-app.js';
import { signIn } from '../../../testing/people.js';
import { readProblem } from '../../../testing/problem-answers.js';
import { BootstrapKey } from './bootstrap-key.js';

const BOOTSTRAP = `gh_${'a1'.repeat(20)}`;

let database: MigratedDatabase;
let guild: FoundedGuild;
let otherGuild: FoundedGuild;
/** Two processes of one deployment. */
let api: TestApi;
let otherApi: TestApi;
const bearers = new Map<string, string>();

beforeAll(async () => {
  database = await migratedDatabase(inject('postgresUrl'));
  guild = await foundGuild(database.database, 1_000);
  otherGuild = await foundGuild(database.database, 2_000);
  [api, otherApi] = [await startTestApi(database.url), await startTestApi(database.url)];
  for (const person of [guild.ownerId, guild.administratorId, guild.memberId]) {
    bearers.set(person, (await signIn(api.app, database.database, person)).accessToken);
  }
});

afterAll(async () => {
  await Promise.all([api?.close(), otherApi?.close()]);
  await database?.close();
});

beforeEach(() => database.database.delete(schema.apiKeys));

interface Sending {
  method?: string;
  token?: string;
  body?: unknown;
  headers?: Record<string, string>;
  on?: TestApi;
  of?: FoundedGuild;
}

function send(path: string, { method = 'GET', token, body, headers, on = api, of = guild }: Sending = {}) {
  return fetch(`${on.url}/api/guilds/${of.guildId}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token ?? bearers.get(guild.ownerId)}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

const draft = { name: 'Website', capabilities: ['guild.view', 'members.read'] };

const post = (body: unknown = draft, sending: Sending = {}) => send('/api-keys', { method: 'POST', body, ...sending });

async function make(body: object = {}, sending: Sending = {}): Promise<NewApiKey> {
  const response = await post({ ...draft, ...body }, sending);
  if (response.status !== 201) throw new Error(await response.text());
  return newApiKeySchema.strict().parse(await response.json());
}

const status = async (token: string, on = api) => (await send('', { token, on })).status;

async function listed(query = ''): Promise<ApiKey[]> {
  return apiKeyPageSchema.parse(await (await send(`/api-keys${query}`)).json()).items;
}

describe('a key', () => {
  it('is told once, and kept as its hash', async () => {
    const { key, ...made } = await make();
    expect(key).toMatch(/^gh_[0-9A-Za-z]{46}$/);
    expect(await listed()).toEqual([made]);
    const { rows } = await database.pool.query<{ row: string }>('select row_to_json(k)::text as row from api_keys k');
    expect(rows[0]!.row).not.toContain(key.slice(12));
    expect(made).toMatchObject({ prefix: key.slice(0, 11), isBootstrap: false, version: 1, lastUsedAt: null });
  });

  it('opens the routes of its guild for which it was made, in every process', async () => {
    const { key } = await make();
    expect([await status(key), await status(key, otherApi)]).toEqual([200, 200]);
    const members = `${api.url}/api/discord/guilds/${guild.guildId}/members`;
    expect((await fetch(members, { headers: { authorization: `Bearer ${key}` } })).status).toBe(200);
    expect((await readProblem(await send('/messages', { token: key }))).code).toBe('missing-capability');
  });

  it('does not know of other guilds, and is nobody in person', async () => {
    const { key } = await make();
    expect((await readProblem(await send('', { token: key, of: otherGuild }))).code).toBe('not-found');
    for (const path of ['/api/auth/me', '/api/guilds']) {
      const problem = await readProblem(
        await fetch(`${api.url}${path}`, { headers: { authorization: `Bearer ${key}` } }),
      );
      expect(problem).toMatchObject({ code: 'unauthenticated', detail: expect.stringContaining('API keys') });
    }
  });

  it('loses what its maker loses', async () => {
    const { key } = await make({}, { token: bearers.get(guild.administratorId)! });
    expect(await status(key)).toBe(200);
    const memberRow = eq(schema.members.userId, guild.administratorId);
    await database.database.update(schema.members).set({ roleIds: [] }).where(memberRow);
    expect(await status(key)).toBe(404);
    await database.database
      .update(schema.members)
      .set({ roleIds: [guild.administratorRole] })
      .where(memberRow);
    expect(await status(key)).toBe(200);
  });

  it('ends when it was to end', async () => {
    const expiresAt = new Date(api.clock.now().getTime() + 3_600_000).toISOString();
    const { key } = await make({ expiresAt });
    expect(await status(key)).toBe(200);
    api.clock.pass(3_599);
    expect(await status(key)).toBe(200);
    api.clock.pass(1);
    expect((await readProblem(await send('', { token: key }))).code).toBe('unauthenticated');
    api.clock.pass(-3_600);
  });

  it('notes its use, to the minute', async () => {
    const { key } = await make();
    const lastUse = async () => (await listed())[0]!.lastUsedAt;
    await status(key);
    const first = api.clock.now().toISOString();
    expect(await lastUse()).toBe(first);
    api.clock.pass(50);
    await status(key);
    expect(await lastUse()).toBe(first);
    api.clock.pass(20);
    await status(key);
    expect(await lastUse()).toBe(api.clock.now().toISOString());
    api.clock.pass(-70);
  });

  it.each(['gh_', `gh_${'x'.repeat(46)}`, 'gh_a.b', 'GH_x'])('is not %s', async (key) => {
    expect(await status(key)).toBe(401);
  });
});

describe('making a key', () => {
  it('is for those who hold the capability', async () => {
    expect((await readProblem(await post(draft, { token: bearers.get(guild.memberId)! }))).code).toBe('not-found');
    const { key } = await make();
    expect((await readProblem(await post(draft, { token: key }))).code).toBe('missing-capability');
  });

  it('is not for keys, even with the capability', async () => {
    const { key } = await make({ capabilities: ['guild.view', 'apiKeys.manage'] });
    expect((await send('/api-keys', { token: key })).status).toBe(200);
    expect(await readProblem(await post({ ...draft, capabilities: ['guild.view'] }, { token: key }))).toMatchObject({
      code: 'missing-capability',
      detail: 'Only people make API keys, and they sign in to do it.',
    });
  });

  it('gives nothing that only the owner gives, unless the owner makes it', async () => {
    const wanted = { ...draft, capabilities: ['access.manage'] };
    const problem = await readProblem(await post(wanted, { token: bearers.get(guild.administratorId)! }));
    expect(problem).toMatchObject({ code: 'missing-capability', detail: expect.stringContaining('access.manage') });
    expect((await post(wanted)).status).toBe(201);
  });

  it.each([
    [{ ...draft, name: ' ' }, 'name'],
    [{ ...draft, name: 'a\u0000b' }, 'name'],
    [{ ...draft, capabilities: [] }, 'capabilities'],
    [{ ...draft, capabilities: ['guild.fly'] }, 'capabilities.0'],
    [{ ...draft, expiresAt: '2020-01-01T00:00:00Z' }, 'expiresAt'],
    [{ ...draft, expiresAt: 'tomorrow' }, 'expiresAt'],
    [{ ...draft, guildId: '1' }, 'guildId'],
  ])('refuses %j', async (body, path) => {
    expect((await readProblem(await post(body))).errors?.map((error) => error.path)).toEqual([path]);
  });

  it('makes one for one idempotency key, and tells the same key again', async () => {
    const headers = { 'idempotency-key': 'one' };
    const [first, second] = [await make({}, { headers }), await make({}, { headers, on: otherApi })];
    expect(second).toEqual(first);
    expect(await listed()).toHaveLength(1);
  });
});

describe('rotating a key', () => {
  const rotate = (id: string, body?: unknown, sending: Sending = {}) =>
    send(`/api-keys/${id}/rotate`, { method: 'POST', ...(body !== undefined && { body }), ...sending });

  it('lets both work for a while', async () => {
    const old = await make();
    const response = await rotate(old.id, { overlapHours: 2 });
    const made = newApiKeySchema.parse(await response.json());
    expect(response.status).toBe(201);
    expect(made).toMatchObject({ name: old.name, capabilities: old.capabilities, expiresAt: null, version: 1 });
    expect((await listed()).find(({ id }) => id === old.id)).toMatchObject({ successorId: made.id, version: 2 });
    expect([await status(old.key), await status(made.key)]).toEqual([200, 200]);
    api.clock.pass(2 * 3_600);
    expect([await status(old.key), await status(made.key)]).toEqual([401, 200]);
    api.clock.pass(-2 * 3_600);
  });

  it('takes a day when nobody says otherwise, or no time at all', async () => {
    const [patient, urgent] = [await make(), await make()];
    await rotate(patient.id);
    await rotate(urgent.id, { overlapHours: 0 });
    expect([await status(patient.key), await status(urgent.key)]).toEqual([200, 401]);
    const inADay = new Date(api.clock.now().getTime() + 24 * 3_600_000).toISOString();
    expect((await listed()).find(({ id }) => id === patient.id)?.expiresAt).toBe(inADay);
  });

  it('happens once', async () => {
    const { id } = await make();
    await rotate(id, {});
    expect((await readProblem(await rotate(id, {}))).code).toBe('conflict');
    expect(await listed()).toHaveLength(2);
  });

  it('happens once, however many ask', async () => {
    const { id } = await make();
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, n) => rotate(id, {}, { on: n % 2 ? api : otherApi })),
    );
    expect(answers.map((answer) => answer.status).toSorted()).toEqual([201, ...Array.from({ length: 7 }, () => 409)]);
  });

  it('does not tell a key to who may not give what it holds', async () => {
    const { id } = await make({ capabilities: ['access.manage'] });
    const token = bearers.get(guild.administratorId)!;
    expect((await readProblem(await rotate(id, {}, { token }))).code).toBe('missing-capability');
  });
});

describe('revoking a key', () => {
  const revoke = (id: string, headers: Record<string, string> = {}, of = guild) =>
    send(`/api-keys/${id}`, { method: 'DELETE', headers, of });

  it('ends it at once here, and within 3 seconds elsewhere', async () => {
    const { key, id } = await make();
    expect([await status(key), await status(key, otherApi)]).toEqual([200, 200]);
    expect((await revoke(id)).status).toBe(204);
    expect(await status(key)).toBe(401);
    otherApi.clock.pass(3);
    expect(await status(key, otherApi)).toBe(401);
    expect(await listed()).toEqual([]);
    expect((await readProblem(await revoke(id))).code).toBe('not-found');
  });

  it('asks for the version that is meant', async () => {
    const { id } = await make();
    expect((await readProblem(await revoke(id, { 'if-match': '"2"' }))).code).toBe('version-mismatch');
    expect((await readProblem(await revoke(id, { 'if-match': '2' }))).code).toBe('bad-request');
    expect((await revoke(id, { 'if-match': '"1"' })).status).toBe(204);
  });

  it('needs the guild of the key', async () => {
    const { id } = await make();
    const owner = (await signIn(api.app, database.database, otherGuild.ownerId)).accessToken;
    const answer = await send(`/api-keys/${id}`, { method: 'DELETE', token: owner, of: otherGuild });
    expect((await readProblem(answer)).code).toBe('not-found');
    expect(await listed()).toHaveLength(1);
  });
});

it('is written down in the audit log', async () => {
  await database.pool.query('delete from audit_entries');
  const { id, key } = await make();
  await send(`/api-keys/${id}/rotate`, { method: 'POST' });
  await send(`/api-keys/${id}`, { method: 'DELETE' });
  const { rows } = await database.pool.query<{ action: string }>('select action from audit_entries order by seq');
  expect(rows.map(({ action }) => action)).toEqual(['apiKey.created', 'apiKey.rotated', 'apiKey.revoked']);
  const { rows: parts } = await database.pool.query<{ body: string }>('select body::text from audit_parts');
  for (const { body } of parts) expect(body).not.toContain(key);
});

it('sorts and pages the list', async () => {
  for (const name of ['b', 'A', 'c']) {
    await make({ name });
    api.clock.pass(1);
  }
  const names = async (query: string) => (await listed(query)).map(({ name }) => name);
  expect(await names('')).toEqual(['c', 'A', 'b']);
  expect(await names('?sort=name')).toEqual(['A', 'b', 'c']);
  expect(await names('?sort=-name&limit=1&page=2')).toEqual(['b']);
  expect(await names('?sort=lastUsedAt,-name')).toEqual(['c', 'b', 'A']);
  expect((await readProblem(await send('/api-keys?sort=hash'))).errors?.[0]?.path).toBe('sort');
});

describe('the key of the environment', () => {
  const settled = async (environment: Record<string, string>) => {
    const process = await startTestApi(database.url, environment);
    await process.close();
  };
  const ofGuild = { GUILD_ID: '1000', API_KEY: BOOTSTRAP };

  it('exists from the start, and is no stronger than an automation may be', async () => {
    await settled(ofGuild);
    await settled(ofGuild);
    const [key, ...others] = await listed();
    expect(others).toEqual([]);
    expect(apiKeySchema.parse(key)).toMatchObject({
      isBootstrap: true,
      createdBy: null,
      prefix: BOOTSTRAP.slice(0, 11),
    });
    expect(key!.capabilities).toContain('bans.write');
    expect(key!.capabilities).not.toContain('apiKeys.manage');
    expect(await status(BOOTSTRAP)).toBe(200);
  });

  it('is replaced by another one, and goes with the variable', async () => {
    const next = `gh_${'b2'.repeat(20)}`;
    await settled(ofGuild);
    await settled({ ...ofGuild, API_KEY: next });
    expect((await listed()).map(({ prefix }) => prefix)).toEqual([next.slice(0, 11)]);
    await settled({});
    expect(await listed()).toEqual([]);
    api.clock.pass(4);
    expect([await status(BOOTSTRAP), await status(next)]).toEqual([401, 401]);
  });

  it('stays revoked where somebody revoked it', async () => {
    await settled(ofGuild);
    const [{ id }] = (await listed()) as [ApiKey];
    expect((await send(`/api-keys/${id}`, { method: 'DELETE' })).status).toBe(204);
    await settled(ofGuild);
    expect(await listed()).toEqual([]);
  });

  it('is not rotated in the dashboard', async () => {
    await settled(ofGuild);
    const [{ id }] = (await listed()) as [ApiKey];
    expect((await readProblem(await send(`/api-keys/${id}/rotate`, { method: 'POST' }))).code).toBe('conflict');
  });

  it('waits for its guild', async () => {
    const process = await startTestApi(database.url, { ...ofGuild, GUILD_ID: '3000' });
    expect(await database.database.select().from(schema.apiKeys)).toEqual([]);
    await foundGuild(database.database, 3_000);
    await process.app.get(BootstrapKey).settle();
    expect(await database.database.select().from(schema.apiKeys)).toHaveLength(1);
    await process.close();
  });

  it('is refused with a shape that nobody would recognise', async () => {
    await expect(async () => startTestApi(database.url, { ...ofGuild, API_KEY: 'secret' })).rejects.toThrow('gh_');
  });
});
