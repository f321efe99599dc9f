import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AuditKeys } from '@guildhall/api/maintenance';
import { snowflakeSchema } from '@guildhall/contracts';
import { connect, type Connection, migrate } from '@guildhall/database';
import { createTestDatabase, type TestDatabase } from '@guildhall/database/testing';
import { afterAll, beforeAll, beforeEach, expect, inject, it } from 'vitest';
import { AuditLog } from '../../../api/src/platform/audit/audit-log.js';
import { AuditLogRepository } from '../../../api/src/platform/audit/audit-log.repository.js';
import { Clock } from '../../../api/src/platform/clock.js';
import { auditVerify } from './audit-verify.js';

const AUDIT_KEY = 'audit-key-of-the-specs-0123456789abcdef';
const guildId = snowflakeSchema.parse('1200000000000000001');

let test: TestDatabase;
let connection: Connection;
let folder: string;

beforeAll(async () => {
  test = await createTestDatabase(inject('postgresUrl'));
  await migrate(test.url);
  connection = connect({ url: test.url, applicationName: 'spec', onError: () => undefined });
  folder = await mkdtemp(join(tmpdir(), 'guildhall-audit-verify-'));
});

afterAll(async () => {
  await connection?.close();
  await test?.drop();
  await rm(folder, { recursive: true, force: true });
});

beforeEach(async () => {
  await connection.pool.query('truncate audit_entries cascade');
  await rm(join(folder, 'files'), { recursive: true, force: true });
  const log = new AuditLog(new AuditKeys(AUDIT_KEY), new AuditLogRepository(), new Clock());
  const actor = { identity: null, ipAddress: null };
  const target = { id: '5', name: 'Five' };
  for (const guild of [guildId, null]) {
    const records = Array.from({ length: 20 }, () => ({
      ...{ action: 'guild.settingsUpdated' as const, guildId: guild, actor, target, after: { prefix: '!' } },
    }));
    await connection.database.transaction((transaction) => log.append(transaction, records));
  }
});

async function verify(options: { guild?: string; 'write-head'?: boolean } = {}) {
  const lines: string[] = [];
  const environment = { DATABASE_URL: test.url, GUILDHALL_DATA_DIR: folder, AUDIT_KEY };
  const exitCode = await auditVerify(environment, options, (line) => lines.push(line));
  return { exitCode, lines };
}

it('says that all is well, and what could not be seen', async () => {
  expect(await verify()).toEqual({
    exitCode: 0,
    lines: [
      'There is no head outside the database yet: an end that was cut off would not show.',
      'The audit log is as it was written: 40 entries in 2 chains were read.',
    ],
  });
});

it('says which entries were changed, removed and cut off', async () => {
  expect((await verify({ 'write-head': true })).exitCode).toBe(0);
  await connection.pool.query(`update audit_entries set action = 'member.kicked' where guild_id = $1 and seq = 3`, [
    guildId,
  ]);
  await connection.pool.query(`delete from audit_entries where guild_id = $1 and seq in (7, 8)`, [guildId]);
  await connection.pool.query(`delete from audit_entries where guild_id is null and seq > 10`);
  await connection.pool.query(
    `update audit_parts set body = '{}' where part = 'details'
     and entry_id = (select id from audit_entries where guild_id is null and seq = 2)`,
  );
  const { exitCode, lines } = await verify();
  expect(exitCode).toBe(1);
  expect(lines).toEqual(
    expect.arrayContaining([
      `Guild ${guildId}: entry 3 was changed.`,
      `Guild ${guildId}: entries 7 to 8 are missing.`,
      'Instance: the part "details" of entry 2 was changed.',
      'Instance: the end was cut off: entries 11 to 20 are missing.',
      'The audit log was tampered with: 28 entries in 2 chains were read.',
    ]),
  );
  // Evidence is not overwritten.
  expect((await verify({ 'write-head': true })).lines).not.toContain('The heads of today are written.');
  expect((await verify({ guild: '1200000000000000009' })).exitCode).toBe(0);
});

it('refuses what is no guild', async () => {
  await expect(verify({ guild: 'mine' })).rejects.toThrow('--guild must be the id of a guild, not "mine".');
});
