import { schema } from '@guildhall/database';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { startTestApi, type TestApi } from '../../../testing/api.js';
import { createEmailPerson } from '../../../testing/email-people.js';
import { type MigratedDatabase, migratedDatabase } from '../../../testing/ingest-app.js';
import { AuthCleaningRepository } from './auth-cleaning.repository.js';
import { sha256 } from './secrets.js';
import { SessionsService } from './sessions.service.js';

let database: MigratedDatabase;
let api: TestApi;

beforeAll(async () => {
  database = await migratedDatabase(inject('postgresUrl'));
  api = await startTestApi(database.url);
});

afterAll(async () => {
  await api?.close();
  await database?.close();
});

const device = { userAgent: 'spec', ipAddress: '127.0.0.1' };

it('removes what has expired or was used, and nothing else', async () => {
  const accountId = await createEmailPerson(api.app, { email: 'lou@example.org' });
  const sessions = api.app.get(SessionsService);
  await sessions.start(accountId, device);
  api.clock.pass(7 * 86_400 - 60);
  const standing = await sessions.start(accountId, device);
  const now = api.clock.now();
  const later = new Date(now.getTime() + 3_600_000);
  const link = { purpose: 'verify-email' as const, accountId, email: 'lou@example.org', expiresAt: later };
  await database.database.insert(schema.oneTimeLinks).values([
    { ...link, hash: sha256('good') },
    { ...link, hash: sha256('used'), usedAt: now },
    { ...link, hash: sha256('expired'), expiresAt: now },
  ]);
  api.clock.pass(61);
  await api.app.get(AuthCleaningRepository).removeExpired(api.clock.now());
  const left = await database.database.select().from(schema.sessions);
  expect(left.map(({ id }) => id)).toEqual([standing.sessionId]);
  expect(await database.database.select().from(schema.refreshTokens)).toHaveLength(1);
  const links = await database.database.select().from(schema.oneTimeLinks);
  expect(links.map(({ hash }) => hash)).toEqual([sha256('good')]);
});

it('is done every night, once for all processes', async () => {
  await expect
    .poll(async () => (await database.pool.query(`select cron from pgboss.schedule where name = 'auth.clean'`)).rows)
    .toEqual([{ cron: '17 3 * * *' }]);
});
