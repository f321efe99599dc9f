import 'reflect-metadata';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { SetClock, testConfig } from '../../../testing/api.js';
import { type MigratedDatabase, migratedDatabase } from '../../../testing/ingest-app.js';
import { type MailServer, startMailServer } from '../../../testing/mail-server.js';
import { ClockModule } from '../clock.module.js';
import { ConfigModule } from '../config/config.module.js';
import { JobsModule } from '../jobs/jobs.module.js';
import { LoggingModule } from '../logging/logging.module.js';
import { MailModule } from './mail.module.js';
import { Mails } from './mails.js';

const LINK = 'https://guildhall.example/verify?token=one-time-secret';
const waiting = { timeout: 15_000, interval: 100 };

let database: MigratedDatabase;
let server: MailServer;
let app: INestApplicationContext;
const logged: string[] = [];

async function startApp(overrides: Record<string, string>): Promise<INestApplicationContext> {
  const logger = pino({ level: 'trace' }, { write: (line: string) => void logged.push(line) });
  const imports = [
    ...[ConfigModule.with(testConfig(database.url, overrides)), LoggingModule.with(logger)],
    ...[ClockModule.with(new SetClock()), JobsModule],
  ];
  const created = await NestFactory.create({ module: MailModule, imports }, new FastifyAdapter(), { logger: false });
  return created.init();
}

beforeAll(async () => {
  [database, server] = await Promise.all([migratedDatabase(inject('postgresUrl')), startMailServer()]);
  app = await startApp({ SMTP_URL: server.url });
});
afterAll(async () => {
  await app?.close();
  await server?.close();
  await database?.close();
});

function queueMail(to: string, { isRolledBack = false } = {}): Promise<void> {
  return database.database.transaction(async (transaction) => {
    const values = { link: LINK, expiresInHours: 24 };
    await app.get(Mails).queue(transaction, { to, template: 'verify-email', locale: 'fr', values });
    if (isRolledBack) throw new Error('changed my mind');
  });
}

const sentTo = (to: string) => server.mails.filter((mail) => mail.to.includes(to));

async function jobsTo(to: string): Promise<{ state: string; output: unknown }[]> {
  const query = `select state, output from pgboss.job where data->>'to' = $1`;
  return (await database.pool.query<{ state: string; output: unknown }>(query, [to])).rows;
}

describe('a mail', () => {
  it('is sent when its transaction is committed, and nothing of it stays behind', async () => {
    await queueMail('committed@example.org');
    await expect.poll(() => sentTo('committed@example.org').length, waiting).toBe(1);
    expect(sentTo('committed@example.org')[0]?.source).toContain('Content-Language: fr');
    await expect.poll(() => jobsTo('committed@example.org'), waiting).toEqual([]);
  });

  it('is never sent when its transaction is rolled back', async () => {
    await expect(queueMail('rolled-back@example.org', { isRolledBack: true })).rejects.toThrow('changed my mind');
    await queueMail('later@example.org');
    await expect.poll(() => sentTo('later@example.org').length, waiting).toBe(1);
    expect(sentTo('rolled-back@example.org')).toEqual([]);
  });

  it('waits for a mail server that refuses it, and neither log nor job repeats what the server said', async () => {
    server.refuse({ code: 451, text: `try later, link ${LINK}` });
    await queueMail('patient@example.org');
    await expect.poll(async () => (await jobsTo('patient@example.org'))[0]?.state, waiting).toBe('retry');
    expect(JSON.stringify((await jobsTo('patient@example.org'))[0]?.output)).not.toMatch(/patient|one-time-secret/);
    server.refuse(null);
    await database.pool.query(`update pgboss.job set start_after = now() where data->>'to' = 'patient@example.org'`);
    await expect.poll(() => sentTo('patient@example.org').length, waiting).toBe(1);
    await expect.poll(() => jobsTo('patient@example.org'), waiting).toEqual([]);
    expect(logged.join('')).toContain('EENVELOPE 451');
    expect(logged.join('')).not.toMatch(/@example\.org|one-time-secret/);
  });

  it.each(['ada', 'ada@example.org\r\nBcc: eve@example.org', 'a@example.org,b@example.org'])(
    'to %j is refused before it is queued',
    async (to) => {
      await expect(queueMail(to)).rejects.toMatchObject({ code: 'validation-failed' });
      expect(await jobsTo(to)).toEqual([]);
    },
  );

  it('without what its template needs is refused before it is queued', async () => {
    const values = { link: 'nowhere', expiresInHours: 24 };
    const sending = database.database.transaction((transaction) =>
      app.get(Mails).queue(transaction, { to: 'ada@example.org', template: 'verify-email', locale: 'en', values }),
    );
    await expect(sending).rejects.toThrow('Invalid');
  });
});

describe('without a mail server', () => {
  it('a mail is written to the data folder', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'guildhall-data-'));
    await app.close();
    app = await startApp({ GUILDHALL_DATA_DIR: dataDir });
    await queueMail('ada@example.org');
    await expect.poll(() => readdir(join(dataDir, 'mail')).catch(() => []), waiting).toHaveLength(1);
    await rm(dataDir, { recursive: true, force: true });
  });
});
