import 'reflect-metadata';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accountSchema, type Snowflake, snowflakeAt } from '@guildhall/contracts';
import { schema } from '@guildhall/database';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { event, id, idAt, message, TestLane, user } from '../../../testing/bot-events.js';
import { foundGuild, type FoundedGuild } from '../../../testing/guild.js';
import {
  type IngestApp,
  type MigratedDatabase,
  migratedDatabase,
  startIngestApp,
} from '../../../testing/ingest-app.js';
import { signIn, type SignedIn } from '../../../testing/people.js';
import { readProblem } from '../../../testing/problem-answers.js';
import { AuditHeads } from '../../platform/audit/audit-heads.js';
import { AuditKeys } from '../../platform/audit/audit-keys.rules.js';
import { AuditVerificationRepository } from '../../platform/audit/audit-verification.repository.js';
import { AuditVerifier } from '../../platform/audit/audit-verifier.js';
import { Changes } from '../../platform/changes/changes.js';
import { FileStore } from '../../platform/files/file-store.js';
import type { Identity } from '../../platform/identity/identity.js';
import { newId } from '../../platform/ids.js';
import { PersonalData } from '../../platform/privacy/personal-data.js';
import { Passwords } from '../auth/index.js';

const EMAIL = 'Lou.Perrin@example.org';
const USERNAME = 'lou-perrin';
const NAME = 'Lou Perrin-Kowalczyk';
const IP = '198.51.100.77';
const PASSWORD = 'a rather long password for Lou';

/** Still there after an erasure, and why. */
const KEPT: Record<string, string> = {
  bans: 'a ban has to hold, or anybody could lift theirs by being erased',
  channel_overwrites: 'without them, the copy would show channels to those who may not see them',
  discord_users: 'the ban and the membership refer to it; it has no name any more',
  members: 'Discord says that the person is in the guild',
};

/** Tables that hold nothing of people, or that refer to them by nothing but a keyed hash. */
const IMPERSONAL = [
  'channels',
  'erasures',
  'guild_settings',
  'lanes',
  'role_access',
  'roles',
  'topic_versions',
  'refresh_tokens',
  'audit_entries',
  'discord_tokens',
  'guilds',
];

let database: MigratedDatabase;
let api: IngestApp;
let folder: string;
/** The person is a member of the first guild, banned in the second, and has left the third. */
let guilds: [FoundedGuild, FoundedGuild, FoundedGuild];
let person: SignedIn;
let other: SignedIn;
let discordId: Snowflake;
const messageId = idAt('2026-10-05T12:00:00Z');
const oldMessageId = idAt('2026-09-05T12:00:00Z');

beforeAll(async () => {
  database = await migratedDatabase(inject('postgresUrl'));
  folder = await mkdtemp(join(tmpdir(), 'guildhall-erasure-'));
  api = await startIngestApp(database.url, { GUILDHALL_DATA_DIR: folder });
  guilds = [
    await foundGuild(database.database, 70_001),
    await foundGuild(database.database, 70_101),
    await foundGuild(database.database, 70_201),
  ];
  await database.database.insert(schema.guildSettings).values(
    guilds.map(({ guildId }) => ({
      ...{ guildId, prefix: '!', timeZone: 'UTC', messageContent: 'full' as const },
      disabledModules: [],
    })),
  );
  discordId = idAt('2020-01-01T00:00:00Z', 4242);
  await database.database
    .insert(schema.discordUsers)
    .values({ id: discordId, username: USERNAME, globalName: NAME, avatar: 'a1b2', isBot: false });
  person = await signIn(api.app, database.database, discordId);
  other = await signIn(api.app, database.database, guilds[0].ownerId);
  await fillAccount();
  await fillCommunity();
  await fillAudit();
});

afterAll(async () => {
  await api?.close();
  await database?.close();
  await rm(folder, { recursive: true, force: true });
});

async function fillAccount(): Promise<void> {
  const { accountId, sessionId } = person;
  const expiresAt = new Date(Date.now() + 86_400_000);
  const passwordHash = await api.app.get(Passwords).hash(PASSWORD, { email: 'x@example.org' });
  const insert = database.database.insert.bind(database.database);
  await database.pool.query('update accounts set username = $1, display_name = $2, email = $3 where id = $4', [
    ...[USERNAME, NAME, EMAIL, accountId],
  ]);
  await database.pool.query('update sessions set ip_address = $1 where id = $2', [IP, sessionId]);
  await insert(schema.emailCredentials).values({ accountId, email: EMAIL, passwordHash, verifiedAt: new Date() });
  await insert(schema.oneTimeLinks).values({
    ...{ hash: Buffer.from('link'), purpose: 'verify-email' as const, accountId, email: EMAIL, expiresAt },
  });
  const { guildId } = guilds[1];
  await insert(schema.guildPeople).values({ guildId, accountId, capabilities: ['guild.view'] });
  await insert(schema.apiKeys).values({
    ...{ id: newId(), guildId, name: `key of ${NAME}`, prefix: 'gh_abc', hash: Buffer.from('key') },
    ...{ capabilities: [], createdBy: accountId },
  });
  const mine = { guildId, email: EMAIL.toUpperCase(), capabilities: [], expiresAt };
  await insert(schema.invitations).values({
    id: newId(),
    hash: Buffer.from('i1'),
    invitedBy: other.accountId,
    ...mine,
  });
  const theirs = { ...mine, email: 'somebody@example.org', invitedBy: accountId };
  await insert(schema.invitations).values({ id: newId(), hash: Buffer.from('i2'), ...theirs });
  await insert(schema.idempotencyKeys).values({
    ...{ caller: `account:${accountId}`, key: 'k', fingerprint: Buffer.from('f'), lockedUntil: expiresAt, expiresAt },
    body: { name: NAME },
  });
  await insert(schema.failedActions).values({
    ...{ id: newId(), queue: 'mail.send', jobId: newId(), payload: { to: EMAIL }, reason: `no ${EMAIL}`, attempts: 1 },
    failedAt: new Date(),
  });
}

async function fillCommunity(): Promise<void> {
  const [first, second, third] = guilds.map(({ guildId }) => guildId) as [Snowflake, Snowflake, Snowflake];
  const insert = database.database.insert.bind(database.database);
  const now = new Date();
  await insert(schema.members).values([
    { guildId: first, userId: discordId, nickname: NAME, roleIds: [] },
    { guildId: third, userId: discordId, nickname: NAME, roleIds: [], leftAt: now },
  ]);
  await insert(schema.bans).values({ guildId: second, userId: discordId, reason: 'spam', reportedAt: now });
  await insert(schema.channels).values({
    ...{ id: id(5), guildId: first, name: 'general', type: 0, position: 0, isNsfw: false, slowmodeSeconds: 0 },
  });
  await insert(schema.channelOverwrites).values({
    ...{ channelId: id(5), subjectId: discordId, type: 'member' as const, allow: '0', deny: '1024' },
  });
  await insert(schema.messages).values([
    { id: messageId, guildId: first, channelId: id(5), authorId: discordId, content: `I am ${NAME}` },
    {
      id: id(BigInt(messageId) + 1n),
      guildId: first,
      channelId: id(5),
      authorId: first,
      content: `hi <@${discordId}>`,
    },
  ]);
  await insert(schema.messageAttachments).values({
    ...{ messageId, id: id(9), filename: `${USERNAME}.pdf`, sizeBytes: 1, contentType: null },
  });
  await insert(schema.presences).values({ guildId: first, userId: discordId, status: 'online', updatedAt: now });
  await insert(schema.voiceStates).values({
    ...{ guildId: first, userId: discordId, channelId: id(5), isMuted: false, isDeafened: false, isStreaming: false },
    ...{ since: now, reportedAt: now },
  });
  await insert(schema.invites).values({
    ...{ code: 'abc', guildId: first, channelId: id(5), inviterId: discordId, maxUses: 0, maxAgeSeconds: 0 },
    ...{ isTemporary: false, createdAt: now },
  });
  await insert(schema.scheduledEvents).values({
    ...{ id: id(12), guildId: first, creatorId: discordId, name: 'Party', startAt: now, status: 1, entityType: 3 },
    reportedAt: now,
  });
  await insert(schema.automodExecutions).values({
    ...{ id: newId(), guildId: first, ruleId: id(13), triggerType: 1, actionType: 1, userId: discordId, at: now },
  });
  await insert(schema.discordAuditEntries).values([
    { id: id(14), guildId: first, userId: discordId, targetId: '5', actionType: 24, reason: `by ${NAME}` },
    { id: id(15), guildId: first, userId: id(5), targetId: discordId, actionType: 24, changes: [{ new: NAME }] },
  ]);
  await insert(schema.setAsideEvents).values({
    ...{
      id: newId(),
      outboxId: newId(),
      lane: 0,
      seq: 1,
      body: { author: { id: discordId, name: NAME } },
      reason: 'x',
    },
  });
}

async function fillAudit(): Promise<void> {
  const expiresAt = new Date(Date.now() + 86_400_000);
  const me: Identity = { kind: 'account', ...person, discordId, role: 'USER', expiresAt };
  const somebody: Identity = { kind: 'account', ...other, discordId: guilds[0].ownerId, role: 'USER', expiresAt };
  const { guildId } = guilds[0];
  await api.app.get(Changes).make(({ audit }) => {
    const mine = { identity: me, ipAddress: IP };
    const theirs = { identity: somebody, ipAddress: '192.0.2.1' };
    audit({ action: 'guild.settingsUpdated', guildId, actor: mine, target: { id: guildId }, after: { prefix: '?' } });
    audit({
      ...{ action: 'member.kicked', guildId, actor: theirs, reason: `${NAME} was rude` },
      target: { id: discordId, name: NAME, discordId },
    });
    audit({ action: 'access.invited', guildId, actor: theirs, target: { id: newId() }, after: { email: EMAIL } });
    audit({
      ...{ action: 'session.started', guildId: null, actor: { identity: null, ipAddress: IP } },
      target: { id: person.sessionId, accountId: person.accountId },
    });
    return Promise.resolve();
  });
}

async function call(method: string, path: string, body?: unknown, { accessToken } = person): Promise<Response> {
  const headers = { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' };
  return fetch(`${api.url}/api/${path}`, { method, headers, body: body === undefined ? null : JSON.stringify(body) });
}

/** Which tables say something of the person in any of their columns, and what. */
async function traces(): Promise<Map<string, Set<string>>> {
  const needles = { discordId, accountId: person.accountId, EMAIL, USERNAME, NAME, IP, session: person.sessionId };
  const { rows: tables } = await database.pool.query<{ table_name: string }>(
    `select table_name from information_schema.tables
     where table_schema = 'public' and table_type = 'BASE TABLE' and table_name not like 'messages\\_%'`,
  );
  const found = new Map<string, Set<string>>();
  for (const { table_name: table } of tables) {
    const { rows } = await database.pool.query<{ text: string }>(`select to_jsonb(t)::text as text from "${table}" t`);
    const text = rows.map((row) => row.text.toLowerCase()).join('\n');
    const said = Object.entries(needles).flatMap(([name, needle]) => (text.includes(needle.toLowerCase()) ? name : []));
    found.set(table, new Set(said));
  }
  return found;
}

async function verifyAudit() {
  const keys = new AuditKeys(api.config.AUDIT_KEY);
  const repository = new AuditVerificationRepository(database.database);
  const heads = new AuditHeads(api.app.get(FileStore), repository, keys);
  return (await new AuditVerifier(repository, heads, keys).verify(new Date())).findings;
}

describe('the copy of my data', () => {
  it('covers every table that says something of me', async () => {
    const found = await traces();
    const silent = [...found].filter(([table, said]) => said.size === 0 && !IMPERSONAL.includes(table));
    // A new table belongs into this spec: either it holds something of people, or it is impersonal.
    expect(silent.map(([table]) => table)).toEqual(['data_exports']);
    const text: string[] = [];
    const emails = [EMAIL.toLowerCase()];
    for (const { section, items } of api.app.get(PersonalData).sections({ ...person, discordId, emails })) {
      const rows = await Array.fromAsync(items);
      text.push(JSON.stringify({ [section]: rows }));
      if (section !== 'exports') expect(rows, section).not.toHaveLength(0);
    }
    expect(text.join('\n')).not.toMatch(/argon2|"hash"/);
  });
});

describe('DELETE /api/auth/me', () => {
  it.each([
    ['another name', { confirm: 'lou', password: PASSWORD }, 'validation-failed'],
    ['no password', { confirm: USERNAME }, 'password-wrong'],
    ['a wrong password', { confirm: EMAIL, password: 'guess' }, 'password-wrong'],
  ])('is refused with %s', async (_, body, code) => {
    expect((await readProblem(await call('DELETE', 'auth/me', body))).code).toBe(code);
    expect((await call('GET', 'auth/me')).status).toBe(200);
  });

  it('leaves nothing of the person in any table but what has to stay', async () => {
    const response = await call('DELETE', 'auth/me', { confirm: EMAIL.toLowerCase(), password: PASSWORD });
    expect(response.status).toBe(204);
    const left = Object.fromEntries([...(await traces())].filter(([, said]) => said.size > 0));
    expect(left).toEqual(Object.fromEntries(Object.keys(KEPT).map((table) => [table, new Set(['discordId'])])));
    expect((await call('GET', 'auth/me')).status).toBe(401);
    expect(accountSchema.parse(await (await call('GET', 'auth/me', undefined, other)).json()).id).toBe(other.accountId);
  });

  it('leaves tombstones of messages, and the messages of others', async () => {
    const { rows } = await database.pool.query('select id, author_id, content, deleted_at from messages order by id');
    expect(rows).toEqual([
      { id: messageId, author_id: null, content: null, deleted_at: expect.any(Date) as Date },
      { id: `${BigInt(messageId) + 1n}`, author_id: guilds[0].guildId, content: 'hi <@0>', deleted_at: null },
    ]);
  });

  it('leaves the audit log whole, with an account of every gap', async () => {
    expect(await verifyAudit()).toEqual([]);
    const { rows } = await database.pool.query<{ body: unknown }>(
      `select p.body from audit_entries e join audit_parts p on p.entry_id = e.id where e.action = 'account.erased'`,
    );
    const { guildId } = guilds[0];
    expect(rows).toHaveLength(1);
    expect(rows[0]?.body).toEqual({
      before: null,
      reason: null,
      after: {
        erased: expect.arrayContaining([
          { guildId, part: 'actor', seqs: '1' },
          { guildId, part: 'target', seqs: '2' },
          { guildId, part: 'details', seqs: '2-3' },
          { guildId: null, part: 'actor', seqs: '1' },
          { guildId: null, part: 'target', seqs: '1' },
        ]) as unknown,
      },
    });
  });

  it('has the gaps reported when nothing accounts for them', async () => {
    await database.pool.query(
      `update audit_parts set body = '{"after": {"erased": []}, "before": null, "reason": null}'
       where entry_id in (select id from audit_entries where action = 'account.erased')`,
    );
    expect((await verifyAudit()).map(({ kind }) => kind).sort()).toEqual([
      'part-changed',
      ...Array<string>(6).fill('part-missing'),
    ]);
  });

  it('keeps what was before from coming back, and not what comes after', async () => {
    const { guildId } = guilds[0];
    const author = user(discordId, { username: USERNAME });
    const later = id(snowflakeAt(new Date(Date.now() + 60_000)));
    const told = [messageId, oldMessageId, later].map((one) => message(one, { author, content: 'again' }));
    const edited = { ...told[0]!, editedAt: new Date().toISOString() };
    const events = [
      ...told.map((one) => event('message_create', guildId, one)),
      event('message_update', guildId, edited),
    ];
    await api.ingest.store(new TestLane().batch(...events), 'guildhall');
    const { rows } = await database.pool.query(`select id from messages where content = 'again'`);
    expect(rows).toEqual([{ id: later }]);
  });
});
