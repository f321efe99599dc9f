import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { avatarSchema, type DataExport, dataExportListSchema, dataExportSchema } from '@guildhall/contracts';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { startTestApi, type TestApi } from '../../../testing/api.js';
import { foundGuild, type FoundedGuild } from '../../../testing/guild.js';
import { type MigratedDatabase, migratedDatabase } from '../../../testing/ingest-app.js';
import { signIn, type SignedIn } from '../../../testing/people.js';
import { readProblem } from '../../../testing/problem-answers.js';
import { ExportsJobs } from './exports.jobs.js';

const DAY_SECONDS = 86_400;
/** The smallest picture, and what makes browsers run scripts. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const SVG = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');

let database: MigratedDatabase;
let api: TestApi;
let folder: string;
let guild: FoundedGuild;
let person: SignedIn;
let other: SignedIn;

beforeAll(async () => {
  database = await migratedDatabase(inject('postgresUrl'));
  folder = await mkdtemp(join(tmpdir(), 'guildhall-privacy-'));
  api = await startTestApi(database.url, { GUILDHALL_DATA_DIR: folder });
  guild = await foundGuild(database.database, 80_001);
  person = await signIn(api.app, database.database, guild.memberId);
  other = await signIn(api.app, database.database, guild.ownerId);
});

afterAll(async () => {
  await api?.close();
  await database?.close();
  await rm(folder, { recursive: true, force: true });
});

interface Call {
  body?: Buffer;
  type?: string;
  as?: SignedIn;
}

async function call(method: string, path: string, { body, type, as = person }: Call = {}): Promise<Response> {
  const headers = { authorization: `Bearer ${as.accessToken}`, ...(type !== undefined && { 'content-type': type }) };
  return fetch(`${api.url}/api/auth/me/${path}`, { method, headers, body: body ? new Uint8Array(body) : null });
}

async function list(): Promise<DataExport[]> {
  return dataExportListSchema.parse(await (await call('GET', 'exports')).json()).items;
}

describe('a copy of my data', () => {
  let asked: DataExport;

  it('is made in the background, once at a time', async () => {
    const response = await call('POST', 'exports');
    expect(response.status).toBe(202);
    asked = dataExportSchema.parse(await response.json());
    await database.pool.query(`update data_exports set state = 'pending'`);
    expect((await readProblem(await call('POST', 'exports'))).code).toBe('conflict');
    await database.pool.query(`update data_exports set state = 'ready' where file_key is not null`);
    await expect
      .poll(async () => (await list()).every(({ state }) => state === 'ready'), { timeout: 30_000, interval: 200 })
      .toBe(true);
  });

  it('holds what is known of me', async () => {
    const response = await call('GET', `exports/${asked.id}/file`);
    expect(response.headers.get('content-type')).toBe('application/gzip');
    expect(response.headers.get('content-disposition')).toContain('attachment');
    const bytes = Buffer.from(await response.arrayBuffer());
    const copy = JSON.parse(gunzipSync(bytes).toString('utf8')) as Record<string, unknown[]>;
    expect(copy.account).toMatchObject([{ id: person.accountId, discordId: guild.memberId }]);
    expect(copy.sessions).toMatchObject([{ id: person.sessionId }]);
    expect(copy.memberships).toMatchObject([{ guildId: guild.guildId, userId: guild.memberId }]);
    expect(copy.audit).toContainEqual(expect.objectContaining({ action: 'account.exported', part: 'target' }));
    expect(Object.keys(copy)).toEqual(expect.arrayContaining(['messages', 'bans', 'voice', 'invitations']));
  });

  it('is for nobody else', async () => {
    expect((await readProblem(await call('GET', `exports/${asked.id}/file`, { as: other }))).code).toBe('not-found');
  });

  it('is deleted after a week', async () => {
    api.clock.pass(7 * DAY_SECONDS + 60);
    const again = await signIn(api.app, database.database, guild.administratorId);
    await database.pool.query('update sessions set account_id = $1, expires_at = $2 where id = $3', [
      person.accountId,
      new Date(api.clock.now().getTime() + DAY_SECONDS * 1000),
      again.sessionId,
    ]);
    const { AccessTokens } = await import('../../platform/identity/access-tokens.js');
    const accessToken = await api.app
      .get(AccessTokens)
      .sign({ accountId: person.accountId, sessionId: again.sessionId, role: 'USER' });
    person = { ...person, sessionId: again.sessionId, accessToken };
    expect(await list()).toEqual([]);
    expect((await readProblem(await call('GET', `exports/${asked.id}/file`))).code).toBe('not-found');
    const files = async () => (await readdir(folder, { recursive: true })).filter((name) => name.includes('.json.gz'));
    expect(await files()).not.toEqual([]);
    await api.app.get(ExportsJobs).expire();
    expect(await files()).toEqual([]);
    expect((await database.pool.query('select 1 from data_exports')).rows).toEqual([]);
  });
});

describe('my picture', () => {
  it('is stored and served as what it is, for ever under its own address', async () => {
    const response = await call('PUT', 'avatar', { body: PNG, type: 'image/png' });
    expect(response.status).toBe(200);
    const { url } = avatarSchema.parse(await response.json());
    const served = await fetch(`${api.url}${url}`, { headers: { authorization: `Bearer ${person.accessToken}` } });
    expect(Buffer.from(await served.arrayBuffer())).toEqual(PNG);
    expect(Object.fromEntries(served.headers)).toMatchObject({
      'content-type': 'image/png',
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, max-age=31536000, immutable',
    });
    expect((await call('GET', 'avatar')).headers.get('cache-control')).toBe('no-store');
  });

  it.each([
    ['a script that calls itself a picture', SVG, 'image/png'],
    ['SVG', SVG, 'image/svg+xml'],
    ['a picture of another kind', Buffer.from('GIF89a…'), 'image/png'],
    ['nothing', Buffer.alloc(0), 'image/png'],
    ['JSON', Buffer.from('{"type":"Buffer","data":[137,80]}'), 'application/json'],
  ])('is refused when it is %s', async (_, body, type) => {
    const problem = await readProblem(await call('PUT', 'avatar', { body, type }));
    expect(problem.code).toBe('unsupported-media-type');
  });

  it('is refused when it is larger than 512 kB, whether its length is told or not', async () => {
    const body = Buffer.concat([PNG, randomBytes(512 * 1024)]);
    expect((await readProblem(await call('PUT', 'avatar', { body, type: 'image/png' }))).code).toBe(
      'payload-too-large',
    );
    const { status, sentBytes } = await sendEndlessly();
    expect(status).toBe(413);
    expect(sentBytes).toBeLessThan(50 * 1024 * 1024);
  });

  it('goes when it is replaced or removed', async () => {
    const files = async () =>
      (await readdir(join(folder, 'files'), { recursive: true })).filter((it) => /avatars.*@/.test(it));
    await call('PUT', 'avatar', { body: Buffer.concat([PNG, Buffer.from('x')]), type: 'image/png' });
    await expect.poll(files, { timeout: 30_000, interval: 200 }).toHaveLength(1);
    expect((await call('DELETE', 'avatar')).status).toBe(204);
    await expect.poll(files, { timeout: 30_000, interval: 200 }).toHaveLength(0);
    expect((await readProblem(await call('GET', 'avatar'))).code).toBe('not-found');
  });
});

/** Sends 50 MB without saying how much it is, and tells how far that got. */
async function sendEndlessly(): Promise<{ status: number; sentBytes: number }> {
  const chunk = randomBytes(64 * 1024);
  return new Promise((resolve, reject) => {
    let sentBytes = 0;
    const outgoing = request(`${api.url.replace('localhost', '127.0.0.1')}/api/auth/me/avatar`, {
      method: 'PUT',
      headers: {
        authorization: `Bearer ${person.accessToken}`,
        'content-type': 'image/png',
        host: new URL(api.url).host,
      },
    });
    outgoing.on('response', (response) => {
      response.resume();
      resolve({ status: response.statusCode ?? 0, sentBytes });
      outgoing.destroy();
    });
    outgoing.on('error', reject);
    const push = (): void => {
      if (outgoing.destroyed || sentBytes > 50 * 1024 * 1024) return;
      sentBytes += chunk.length;
      outgoing.write(chunk, push);
    };
    push();
  });
}
