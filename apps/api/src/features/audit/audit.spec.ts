import 'reflect-metadata';
import { type AuditEntry, auditEntrySchema, auditPageSchema, REALTIME_NAMESPACE } from '@guildhall/contracts';
import { io } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { z } from 'zod';
import { startTestApi, type TestApi } from '../../../testing/api.js';
import { foundGuild, type FoundedGuild } from '../../../testing/guild.js';
import { type MigratedDatabase, migratedDatabase } from '../../../testing/ingest-app.js';
import { signIn, type SignedIn } from '../../../testing/people.js';
import { readProblem } from '../../../testing/problem-answers.js';
import type { AuditRecord } from '../../platform/audit/audit-record.js';
import { Changes } from '../../platform/changes/changes.js';
import type { Identity } from '../../platform/identity/identity.js';

const ENTRIES = 1_203;

let database: MigratedDatabase;
let api: TestApi;
let guild: FoundedGuild;
let owner: SignedIn;
let administrator: SignedIn;

beforeAll(async () => {
  database = await migratedDatabase(inject('postgresUrl'));
  api = await startTestApi(database.url);
  guild = await foundGuild(database.database, 90_001);
  owner = await signIn(api.app, database.database, guild.ownerId);
  administrator = await signIn(api.app, database.database, guild.administratorId);
  await write(Array.from({ length: ENTRIES }, (_, index) => recordOf(index)));
});

afterAll(async () => {
  await api?.close();
  await database?.close();
});

function recordOf(index: number, facts: Partial<AuditRecord> = {}): AuditRecord {
  const expiresAt = new Date(Date.now() + 60_000);
  const identity: Identity =
    index % 2 === 0
      ? { kind: 'account', ...owner, discordId: guild.ownerId, role: 'USER', expiresAt }
      : {
          kind: 'interaction',
          discordId: guild.administratorId,
          guildId: guild.guildId,
          roleIds: [],
          permissions: '0',
        };
  return {
    action: 'member.updated',
    guildId: guild.guildId,
    actor: { identity, ipAddress: index % 2 === 0 ? '192.0.2.5' : null },
    target: { id: guild.memberId, name: `name ${index}`, discordId: guild.memberId },
    before: { nickname: null },
    after: { nickname: `nick ${index}` },
    ...facts,
  };
}

async function write(records: AuditRecord[]): Promise<void> {
  await api.app.get(Changes).make(({ audit }) => {
    for (const record of records) audit(record);
    return Promise.resolve();
  });
}

async function get(path: string, { accessToken } = owner): Promise<Response> {
  return fetch(`${api.url}/api/${path}`, { headers: { authorization: `Bearer ${accessToken}` } });
}

async function list(query: string): Promise<AuditEntry[]> {
  return auditPageSchema.parse(await (await get(`guilds/${guild.guildId}/audit?${query}`)).json()).items;
}

const exportPath = (query: string) => `guilds/${guild.guildId}/audit/export?${query}`;

describe('GET …/audit', () => {
  it('tells who did what by which way, newest first', async () => {
    const [newest, before] = await list('limit=2');
    expect(newest).toMatchObject({
      seq: ENTRIES,
      action: 'member.updated',
      origin: 'dashboard',
      actor: { accountId: owner.accountId, discordId: guild.ownerId, apiKeyId: null, ipAddress: '192.0.2.5' },
      target: { type: 'member', id: guild.memberId, name: `name ${ENTRIES - 1}` },
      before: { nickname: null },
      after: { nickname: `nick ${ENTRIES - 1}` },
      reason: null,
      isErased: false,
    });
    // Whoever acts by the bot is known by their account, where they have one.
    expect(before).toMatchObject({
      origin: 'bot',
      actor: { accountId: administrator.accountId, name: `user-${guild.administratorId}`, ipAddress: null },
    });
  });

  it('is filtered by action, way, person and time', async () => {
    await write([recordOf(0, { action: 'member.kicked', reason: 'rude' })]);
    expect(await list('action=member.kicked')).toHaveLength(1);
    expect((await list(`actorId=${guild.administratorId}`)).every(({ origin }) => origin === 'bot')).toBe(true);
    expect((await list(`actorId=${owner.accountId}&origin=bot`)).length).toBe(0);
    expect(await list(`targetId=${guild.memberId}&limit=5`)).toHaveLength(5);
    expect(await list(`targetId=${guild.ownerId}`)).toEqual([]);
    const now = api.clock.now().toISOString();
    api.clock.pass(60);
    await write([recordOf(0, { action: 'member.banned' })]);
    const later = new Date(Date.parse(now) + 1).toISOString();
    expect((await list(`from=${later}`)).map(({ action }) => action)).toEqual(['member.banned']);
    expect((await list(`to=${now}&limit=1`))[0]?.action).toBe('member.kicked');
  });

  it.each(['audit', 'audit/export'])('is not looked for by control characters: %s', async (path) => {
    for (const name of ['actorId', 'targetId']) {
      const query = path === 'audit' ? '' : 'format=csv&';
      const problem = await readProblem(await get(`guilds/${guild.guildId}/${path}?${query}${name}=%00`));
      expect(problem).toMatchObject({ code: 'validation-failed', errors: [{ path: name }] });
    }
  });

  it('is the matter of the instance where there is no guild', async () => {
    await write([recordOf(0, { guildId: null, action: 'account.updated' })]);
    expect((await readProblem(await get('admin/audit'))).code).toBe('missing-role');
    await database.pool.query(`update accounts set role = 'ADMIN' where id = $1`, [administrator.accountId]);
    // The process remembers the role for a moment.
    api.clock.pass(600);
    const fresh = await signIn(api.app, database.database, guild.memberId);
    await database.pool.query(`update accounts set role = 'ADMIN' where id = $1`, [fresh.accountId]);
    const page = auditPageSchema.parse(await (await get('admin/audit', fresh)).json());
    expect(page.items.map(({ action }) => action)).toEqual(['account.updated']);
  });
});

describe('the export', () => {
  it('has every entry, as JSON', async () => {
    const response = await get(exportPath('format=json&action=member.updated'));
    expect(response.headers.get('content-disposition')).toBe(`attachment; filename="audit-${guild.guildId}.json"`);
    const entries = z.array(auditEntrySchema).parse(await response.json());
    expect(entries.map(({ seq }) => seq)).toEqual(Array.from({ length: ENTRIES }, (_, index) => ENTRIES - index));
  });

  it('is a problem instead of half a file when nothing can be read', async () => {
    await database.pool.query('alter table audit_parts rename to audit_parts_away');
    try {
      expect(await readProblem(await get(exportPath('format=csv')))).toMatchObject({
        code: 'internal-error',
        status: 500,
      });
    } finally {
      await database.pool.query('alter table audit_parts_away rename to audit_parts');
    }
  });

  it('is a table in which nothing is a formula', async () => {
    await write([
      recordOf(0, { action: 'member.timedOut', reason: '=HYPERLINK("https://evil.example","click")' }),
      recordOf(0, { action: 'member.timedOut', reason: 'two\r\n"lines"', target: { id: '7', name: '@SUM(1)' } }),
    ]);
    const response = await get(exportPath('format=csv&action=member.timedOut'));
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const text = await response.text();
    expect(text).toContain(`"'=HYPERLINK(""https://evil.example"",""click"")"`);
    expect(text).toContain(`"'@SUM(1)"`);
    expect(text).toContain('"two\r\n""lines"""');
    expect(text.split(/\r\n"\d/)).toHaveLength(3);
    expect(text).toMatch(/^"seq","at","action"/);
  });
});

it('comes to those who look at it', async () => {
  const socket = io(`${api.url}${REALTIME_NAMESPACE}`, {
    auth: { token: owner.accessToken },
    transports: ['websocket'],
    forceNew: true,
  });
  try {
    const appended = new Promise<{ items: AuditEntry[] }>((resolve) => socket.on('audit.appended', resolve));
    await expect(
      socket.timeout(5_000).emitWithAck('subscribe', { guildId: guild.guildId, topics: ['audit'] }),
    ).resolves.toMatchObject({ ok: true });
    await write([recordOf(0, { action: 'member.unbanned' })]);
    const { items } = await appended;
    expect(items).toEqual(await list('limit=1'));
  } finally {
    socket.disconnect();
  }
});
