import 'reflect-metadata';
import { type FailedAction, failedActionPageSchema, failedActionSchema, snowflakeSchema } from '@guildhall/contracts';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { z } from 'zod';
import { startTestApi, type TestApi, testConfig } from '../../../testing/api.js';
import { type FoundedGuild, foundGuild } from '../../../testing/guild.js';
import { type MigratedDatabase, migratedDatabase } from '../../../testing/ingest-app.js';
import { signIn, type SignedIn } from '../../../testing/people.js';
import { readProblem } from '../../../testing/problem-answers.js';
import { ConfigModule } from '../../platform/config/config.module.js';
import { Jobs } from '../../platform/jobs/jobs.js';
import { JobsModule } from '../../platform/jobs/jobs.module.js';
import { queue } from '../../platform/jobs/queue.js';
import { LoggingModule } from '../../platform/logging/logging.module.js';
import { DomainError } from '../../platform/problems/domain-error.js';

/** Tried three times in all, without a pause. */
const failing = queue(
  'specs.failing',
  z.object({ guildId: snowflakeSchema.nullable(), what: z.string(), secret: z.string() }),
  { shown: ['what'], retries: { retryLimit: 2, retryDelay: 0, retryBackoff: false } },
);

let database: MigratedDatabase;
let guild: FoundedGuild;
let api: TestApi;
/** Another process, which does the work. */
let worker: INestApplicationContext;
const attempts = new Map<string, number>();
let failure: Error | null = null;

async function work({ what }: { what: string }): Promise<void> {
  attempts.set(what, (attempts.get(what) ?? 0) + 1);
  if (failure) throw failure;
}

async function startWorker(): Promise<INestApplicationContext> {
  const imports = [ConfigModule.with(testConfig(database.url)), LoggingModule.with(pino({ level: 'silent' }))];
  const app = await NestFactory.create({ module: JobsModule, imports }, new FastifyAdapter(), {
    logger: false,
    abortOnError: false,
  });
  app.get(Jobs).work(failing, work);
  return app.init();
}

async function startApi(): Promise<TestApi> {
  const started = await startTestApi(database.url);
  // Known here too, so that it can be sent again; done by the worker.
  started.app.get(Jobs).work(failing, work);
  return started;
}

let owner: SignedIn;

beforeAll(async () => {
  database = await migratedDatabase(inject('postgresUrl'));
  guild = await foundGuild(database.database, 5_000);
  worker = await startWorker();
  api = await startApi();
  owner = await signIn(api.app, database.database, guild.ownerId);
});

afterAll(async () => {
  await worker?.close();
  await api?.close();
  await database?.close();
});

async function send(what: string, guildId: string | null = guild.guildId): Promise<void> {
  const payload = { guildId: guildId === null ? null : snowflakeSchema.parse(guildId), what, secret: 'hush' };
  await database.database.transaction((transaction) => worker.get(Jobs).send(transaction, failing, payload));
}

async function call(method: string, path: string, headers: Record<string, string> = {}, { accessToken } = owner) {
  return fetch(`${api.url}/api/${path}`, { method, headers: { authorization: `Bearer ${accessToken}`, ...headers } });
}

async function find(what: string): Promise<FailedAction | undefined> {
  const page = failedActionPageSchema.parse(await (await call('GET', `guilds/${guild.guildId}/failures`)).json());
  return page.items.find(({ summary }) => summary.what === what);
}

async function awaitFailure(what: string): Promise<FailedAction> {
  await expect.poll(() => find(what), { timeout: 30_000, interval: 200 }).toBeDefined();
  return (await find(what))!;
}

async function topicVersion(): Promise<number> {
  const { rows } = await database.pool.query<{ version: string }>(
    `select version from topic_versions where topic = 'failures' and guild_id = $1`,
    [guild.guildId],
  );
  return Number(rows[0]?.version ?? 0);
}

describe('a job that fails for good', () => {
  it('is in the inbox after its retries, with what people may see of it', async () => {
    failure = new Error('the printer is on fire');
    const before = await topicVersion();
    await send('three times');
    const shown = await awaitFailure('three times');
    expect(shown).toMatchObject({
      queue: 'specs.failing',
      summary: { what: 'three times' },
      reasonCode: null,
      reason: 'the printer is on fire',
      attempts: 3,
      state: 'open',
      version: 1,
    });
    expect(JSON.stringify(shown)).not.toContain('hush');
    expect(attempts.get('three times')).toBe(3);
    expect(await topicVersion()).toBe(before + 1);
  });

  it('gets there at once when no retry can help', async () => {
    failure = new DomainError('discord-missing-permission', { detail: 'The bot may not ban.', discordCode: 50013 });
    await send('once');
    expect(await awaitFailure('once')).toMatchObject({
      reasonCode: 'discord-missing-permission',
      reason: 'The bot may not ban. (Discord 50013)',
      attempts: 1,
    });
    expect(attempts.get('once')).toBe(1);
  });

  it('gets there although no API was running when it failed', async () => {
    failure = new DomainError('not-found');
    await api.close();
    await send('alone');
    const isWaiting = async () => {
      const { rows } = await database.pool.query(
        `select 1 from pgboss.job where name = 'jobs.failed' and data->>'what' = 'alone'`,
      );
      return rows.length;
    };
    await expect.poll(isWaiting, { timeout: 30_000, interval: 200 }).toBe(1);
    api = await startApi();
    expect(await awaitFailure('alone')).toMatchObject({ reasonCode: 'not-found' });
    await expect.poll(isWaiting, { timeout: 30_000, interval: 200 }).toBe(0);
  });

  it('is there once, however often it is noted', async () => {
    failure = new DomainError('not-found');
    await send('noted twice');
    const { id } = await awaitFailure('noted twice');
    // As after a crash between the note and the end of the job that takes it.
    await database.pool.query(
      `insert into pgboss.job (name, data, source_name, source_id, source_retry_count, source_output, created_on)
       select 'jobs.failed', payload, queue, job_id, 0, '{}', failed_at from failed_actions where id = $1`,
      [id],
    );
    const left = async () =>
      (await database.pool.query(`select 1 from pgboss.job where name = 'jobs.failed'`)).rows.length;
    await expect.poll(left, { timeout: 30_000, interval: 200 }).toBe(0);
    const { rows } = await database.pool.query(`select 1 from failed_actions where payload->>'what' = 'noted twice'`);
    expect(rows).toHaveLength(1);
  });

  it('is the matter of the administrators when it belongs to no guild', async () => {
    failure = new DomainError('not-found');
    await send('of nobody', null);
    const admin = await signIn(api.app, database.database, guild.administratorId);
    await database.pool.query(`update accounts set role = 'ADMIN' where id = $1`, [admin.accountId]);
    const list = async () => {
      const response = await call('GET', 'admin/failures', {}, admin);
      return failedActionPageSchema.parse(await response.json()).items.map(({ summary }) => summary.what);
    };
    await expect.poll(list, { timeout: 30_000, interval: 200 }).toContain('of nobody');
    const stranger = await signIn(api.app, database.database, guild.memberId);
    expect((await readProblem(await call('GET', 'admin/failures', {}, stranger))).code).toBe('missing-role');
  });
});

describe('a failed action', () => {
  const path = (id: string, what: string) => `guilds/${guild.guildId}/failures/${id}/${what}`;

  it('is done again when somebody asks, and is marked in the same moment', async () => {
    failure = new DomainError('not-found');
    await send('again');
    const { id } = await awaitFailure('again');
    failure = null;
    const before = await topicVersion();
    const response = await call('POST', path(id, 'retry'), { 'if-match': '"1"' });
    expect(response.headers.get('etag')).toBe('"2"');
    expect(failedActionSchema.parse(await response.json())).toMatchObject({ state: 'retried', version: 2 });
    await expect.poll(() => attempts.get('again'), { timeout: 30_000, interval: 100 }).toBe(2);
    expect(await topicVersion()).toBe(before + 1);
    expect((await readProblem(await call('POST', path(id, 'retry')))).code).toBe('conflict');
    const { rows } = await database.pool.query(
      `select e.action, p.body from audit_entries e join audit_parts p on p.entry_id = e.id and p.part = 'target'
       where e.action like 'failure.%'`,
    );
    expect(rows).toEqual([{ action: 'failure.retried', body: { id, name: 'specs.failing' } }]);
  });

  it('is dismissed, unless somebody was faster', async () => {
    failure = new DomainError('not-found');
    await send('dismissed');
    const { id } = await awaitFailure('dismissed');
    expect((await readProblem(await call('POST', path(id, 'dismiss'), { 'if-match': '"7"' }))).code).toBe(
      'version-mismatch',
    );
    const response = await call('POST', path(id, 'dismiss'), { 'if-match': '"1"' });
    expect(failedActionSchema.parse(await response.json())).toMatchObject({ state: 'dismissed', version: 2 });
  });

  it('is not reachable through another guild', async () => {
    const other = await foundGuild(database.database, 6_000);
    const { id } = await awaitFailure('once');
    const theirs = await signIn(api.app, database.database, other.ownerId);
    const response = await call('POST', `guilds/${other.guildId}/failures/${id}/dismiss`, {}, theirs);
    expect((await readProblem(response)).code).toBe('not-found');
  });
});
