import type { NewApiKey } from '@guildhall/contracts';
import { schema, type Transaction } from '@guildhall/database';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { startTestApi, type TestApi } from '../../../testing/api.js';
import { type FoundedGuild, foundGuild } from '../../../testing/guild.js';
import { type MigratedDatabase, migratedDatabase } from '../../../testing/ingest-app.js';
import { signIn } from '../../../testing/people.js';
import { readProblem } from '../../../testing/problem-answers.js';
import { AccessTokens } from '../identity/access-tokens.js';
import { DomainError } from '../problems/domain-error.js';
import { fingerprintOf } from './idempotency.rules.js';
import { Idempotency } from './idempotency.js';
import { IdempotencyKeysRepository } from './idempotency-keys.repository.js';

let database: MigratedDatabase;
/** Two processes of one deployment. */
let apis: [TestApi, TestApi];
let guild: FoundedGuild;
let bearer: Record<string, string>;
let accountId: string;

beforeAll(async () => {
  database = await migratedDatabase(inject('postgresUrl'));
  guild = await foundGuild(database.database, 1_000);
  apis = [await startTestApi(database.url), await startTestApi(database.url)];
  const owner = await signIn(apis[0].app, database.database, guild.ownerId);
  accountId = owner.accountId;
  bearer = { authorization: `Bearer ${owner.accessToken}` };
});

afterAll(async () => {
  await Promise.all(apis?.map((api) => api.close()) ?? []);
  await database?.close();
});

beforeEach(async () => {
  await database.database.delete(schema.apiKeys);
  await database.database.delete(schema.idempotencyKeys);
});

const body = { name: 'Website', capabilities: ['guild.view'] };

interface Sending {
  path?: string;
  body?: unknown;
  headers?: Record<string, string>;
  api?: TestApi;
}

const post = (key: string, { path = 'api-keys', body: sent = body, headers = bearer, api = apis[0] }: Sending = {}) =>
  fetch(`${api.url}/api/guilds/${guild.guildId}/${path}`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify(sent),
  });

const made = async (response: Response) => (await response.json()) as NewApiKey;
const count = async () => (await database.database.select().from(schema.apiKeys)).length;

describe('a request that is sent again', () => {
  it('gets the answer of the first time, and makes nothing', async () => {
    const first = await post('again');
    const second = await post('again', { api: apis[1], body: { capabilities: ['guild.view'], name: 'Website' } });
    expect([first.status, second.status]).toEqual([201, 201]);
    expect([first, second].map(({ headers }) => headers.get('idempotency-replayed'))).toEqual([null, 'true']);
    expect(second.headers.get('etag')).toBe('"1"');
    const key = await made(first);
    expect(key.key).toMatch(/^gh_/);
    expect(await made(second)).toEqual(key);
    expect(await count()).toBe(1);
  });

  it('leaves nothing secret readable in the database', async () => {
    const { key } = await made(await post('secret'));
    const { rows } = await database.pool.query<{ row: string }>(
      'select row_to_json(k)::text as row from idempotency_keys k',
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]!.row).not.toContain(key);
    expect(rows[0]!.row).not.toContain('Website');
  });

  it('with another body is refused', async () => {
    await post('reused');
    const problem = await readProblem(await post('reused', { body: { ...body, name: 'Other' } }));
    expect(problem).toMatchObject({ code: 'idempotency-key-reused', status: 422 });
    expect(await count()).toBe(1);
  });

  it('to another address is refused', async () => {
    const { id } = await made(await post('moved'));
    expect((await readProblem(await post('moved', { path: `api-keys/${id}/rotate` }))).status).toBe(422);
  });

  it('by somebody else is a request of their own', async () => {
    const other = await signIn(apis[0].app, database.database, guild.administratorId);
    await post('mine');
    const response = await post('mine', { headers: { authorization: `Bearer ${other.accessToken}` } });
    expect(response.status).toBe(201);
    expect(response.headers.get('idempotency-replayed')).toBeNull();
  });

  it('gets a refusal again, each time under the id of its own request', async () => {
    const refused = { ...body, capabilities: [] };
    const [first, second] = [await post('refused', { body: refused }), await post('refused', { body: refused })];
    expect(second.headers.get('idempotency-replayed')).toBe('true');
    const [one, two] = [await readProblem(first), await readProblem(second)];
    expect(one.requestId).not.toBe(two.requestId);
    expect({ ...two, requestId: one.requestId }).toEqual(one);
    expect(one.errors).toEqual([{ path: 'capabilities', message: 'must name at least one' }]);
  });

  it('is a new one after a day', async () => {
    await post('yesterday');
    const { clock } = apis[0];
    clock.pass(24 * 3_600 - 1);
    expect((await post('yesterday', { headers: await freshBearer() })).headers.get('idempotency-replayed')).toBe(
      'true',
    );
    clock.pass(2);
    expect((await post('yesterday', { headers: await freshBearer() })).headers.get('idempotency-replayed')).toBeNull();
    expect(await count()).toBe(2);
    clock.pass(-24 * 3_600 - 1);
  });

  /** The same account, by a token of the clock as it stands. */
  async function freshBearer() {
    await database.pool.query(`update sessions set expires_at = now() + interval '9 days'`);
    const { rows } = await database.pool.query<{ id: string }>('select id from sessions where account_id = $1', [
      accountId,
    ]);
    const token = await apis[0].app.get(AccessTokens).sign({ accountId, sessionId: rows[0]!.id, role: 'USER' });
    return { authorization: `Bearer ${token}` };
  }
});

describe('a key', () => {
  it.each(['', ' ', 'two words', 'x'.repeat(256)])('of %j is refused', async (key) => {
    expect((await readProblem(await post(key))).code).toBe('bad-request');
    expect(await count()).toBe(0);
  });

  it('is not looked at on a public route', async () => {
    const answers = await Promise.all(
      ['a', 'b'].map((sessionId) =>
        fetch(`${apis[0].url}/api/auth/exchange-session`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'idempotency-key': 'same' },
          body: JSON.stringify({ sessionId: sessionId.repeat(64) }),
        }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual([401, 401]);
    expect(await database.database.select().from(schema.idempotencyKeys)).toEqual([]);
  });
});

it('makes one thing of 20 requests at once to two processes', async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => post('at-once', { api: apis[n % 2]! })));
  const codes = Map.groupBy(answers, ({ status }) => status);
  expect([...codes.keys()].toSorted()).toEqual(codes.has(409) ? [201, 409] : [201]);
  for (const refused of codes.get(409) ?? []) {
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await readProblem(refused)).code).toBe('request-in-flight');
  }
  const keys = await Promise.all(codes.get(201)!.map(made));
  expect(new Set(keys.map(({ key }: NewApiKey) => key)).size).toBe(1);
  expect(answers.filter(({ status, headers }) => status === 201 && !headers.has('idempotency-replayed'))).toHaveLength(
    1,
  );
  expect(await count()).toBe(1);
  expect((await post('at-once')).status).toBe(201);
});

it('makes nothing again where the answer could not be kept', async () => {
  await database.pool.query(`
    create function refuse() returns trigger language plpgsql as $$ begin raise exception 'no space left'; end $$;
    create trigger refuse before update of body on idempotency_keys for each row execute function refuse();`);
  expect((await post('lost')).status).toBe(201);
  await database.pool.query('drop trigger refuse on idempotency_keys; drop function refuse');
  expect((await readProblem(await post('lost'))).code).toBe('request-in-flight');
  apis[1].clock.pass(61);
  expect(await readProblem(await post('lost', { api: apis[1] }))).toMatchObject({
    code: 'conflict',
    detail: expect.stringContaining('A change was made, but its answer was lost'),
  });
  expect(await count()).toBe(1);
  apis[1].clock.pass(-61);
});

describe('a process that dies', () => {
  const request = {
    caller: 'account:x',
    key: 'k',
    fingerprint: fingerprintOf({ method: 'POST', url: '/x', body: {} }),
  };
  const answer = { status: 201, body: { made: true }, headers: {} };
  const never = () => new Promise<never>(() => undefined);
  const once = (api: TestApi, work: () => Promise<typeof answer | null>) =>
    api.app.get(Idempotency).once(request, work);
  const code = (work: Promise<unknown>) =>
    work.then(
      () => null,
      (error: DomainError) => error.code,
    );

  /** Takes the key and is never heard of again. */
  async function die(work: () => Promise<unknown> = async () => undefined): Promise<void> {
    const begun = Promise.withResolvers<undefined>();
    void once(apis[0], async () => {
      await work();
      begun.resolve(undefined);
      return never();
    });
    await begun.promise;
  }

  const commitChange = (api: TestApi) =>
    database.database.transaction((transaction: Transaction) => api.app.get(Idempotency).noteChange(transaction));

  it('before it changed anything leaves the key to the next one, after a minute', async () => {
    await die();
    expect(await code(once(apis[1], async () => answer))).toBe('request-in-flight');
    apis[1].clock.pass(61);
    expect(await once(apis[1], async () => answer)).toBeNull();
    expect(await once(apis[1], async () => answer)).toEqual(answer);
    apis[1].clock.pass(-61);
  });

  it('after its change was committed keeps it from being made again', async () => {
    await die(() => commitChange(apis[0]));
    let runs = 0;
    const again = () => code(once(apis[1], async () => ((runs += 1), answer)));
    expect(await again()).toBe('request-in-flight');
    apis[1].clock.pass(61);
    expect(await again()).toBe('conflict');
    expect(runs).toBe(0);
    apis[1].clock.pass(-61);
  });

  it('but was only slow cannot make its change any more', async () => {
    const slow = Promise.withResolvers<undefined>();
    const begun = Promise.withResolvers<undefined>();
    const first = code(
      once(apis[0], async () => {
        begun.resolve(undefined);
        await slow.promise;
        await commitChange(apis[0]);
        return answer;
      }),
    );
    await begun.promise;
    apis[1].clock.pass(61);
    // The next one has begun, and neither of them has changed anything yet.
    const second = once(apis[1], async () => {
      slow.resolve(undefined);
      expect(await first).toBe('request-in-flight');
      await commitChange(apis[1]);
      return answer;
    });
    expect(await second).toBeNull();
    expect(await once(apis[1], async () => null)).toEqual(answer);
    apis[1].clock.pass(-61);
  });

  it('or fails, or asks for patience, gives the key back', async () => {
    for (const problem of ['internal-error', 'too-many-requests'] as const) {
      const { status } = new DomainError(problem);
      expect(await once(apis[0], async () => ({ ...answer, status }))).toBeNull();
      expect(await code(once(apis[0], () => Promise.reject(new DomainError(problem))))).toBe(problem);
    }
    expect(await once(apis[1], async () => answer)).toBeNull();
  });

  it('or fails after its change was committed does not give it back', async () => {
    await once(apis[0], async () => (await commitChange(apis[0]), { ...answer, status: 503 }));
    expect(await code(once(apis[1], async () => answer))).toBe('conflict');
  });
});

it('forgets keys whose time is up, and no others', async () => {
  await post('kept');
  const keys = apis[0].app.get(IdempotencyKeysRepository);
  await keys.purge(new Date(Date.now() + 23 * 3_600_000));
  expect((await post('kept')).headers.get('idempotency-replayed')).toBe('true');
  await keys.purge(new Date(Date.now() + 25 * 3_600_000));
  expect((await post('kept')).headers.get('idempotency-replayed')).toBeNull();
});
