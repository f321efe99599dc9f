import 'reflect-metadata';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AuditAction, type Snowflake, snowflakeSchema } from '@guildhall/contracts';
import type { Database } from '@guildhall/database';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { pino } from 'pino';
import { SetClock, testConfig } from '../../../testing/api.js';
import { type MigratedDatabase, migratedDatabase } from '../../../testing/ingest-app.js';
import { ClockModule } from '../clock.module.js';
import { ConfigModule } from '../config/config.module.js';
import { DATABASE, DatabaseModule } from '../database/database.module.js';
import { DiskFileStore } from '../files/disk-file-store.js';
import { FilesModule } from '../files/files.module.js';
import { HealthModule } from '../health/health.module.js';
import { newId } from '../ids.js';
import { JobsModule } from '../jobs/jobs.module.js';
import { LoggingModule } from '../logging/logging.module.js';
import { AuditHeads } from './audit-heads.js';
import { AuditKeys } from './audit-keys.rules.js';
import { AuditLog } from './audit-log.js';
import type { AuditRecord } from './audit-record.js';
import { AuditVerificationRepository } from './audit-verification.repository.js';
import { AuditVerifier } from './audit-verifier.js';
import { AuditModule } from './audit.module.js';

const ENTRIES = 1_000;
const guildId = snowflakeSchema.parse('1200000000000000001');
const anotherGuildId = snowflakeSchema.parse('1200000000000000002');

let database: MigratedDatabase;
let folder: string;
/** Two processes on one database. */
const apis: INestApplicationContext[] = [];
const clock = new SetClock();

async function startProcess(): Promise<INestApplicationContext> {
  const config = testConfig(database.url, { GUILDHALL_DATA_DIR: folder });
  const imports = [
    ConfigModule.with(config),
    LoggingModule.with(pino({ level: 'silent' })),
    ClockModule.with(clock),
    DatabaseModule,
    HealthModule,
    FilesModule,
    JobsModule,
  ];
  const app = await NestFactory.create({ module: AuditModule, imports }, new FastifyAdapter(), {
    logger: false,
    abortOnError: false,
  });
  return app.init();
}

beforeAll(async () => {
  database = await migratedDatabase(inject('postgresUrl'));
  folder = await mkdtemp(join(tmpdir(), 'guildhall-audit-'));
  for (const _ of [1, 2]) apis.push(await startProcess());
});

afterAll(async () => {
  await Promise.all(apis.map((api) => api.close()));
  await database?.close();
  await rm(folder, { recursive: true, force: true });
});

beforeEach(async () => {
  await database.pool.query('truncate audit_entries cascade');
  await rm(join(folder, 'files'), { recursive: true, force: true });
});

function record(guild: Snowflake | null, index: number, action: AuditAction): AuditRecord {
  return {
    action,
    guildId: guild,
    actor: { identity: null, ipAddress: '192.0.2.7' },
    target: {
      id: `${index}`,
      name: `Person ${index}`,
      accountId: newId(),
      discordId: snowflakeSchema.parse(`${index + 1}`),
    },
    before: { nickname: null, flags: [index, 1.5, { deep: 'é\u0000' }] },
    after: { nickname: `New ${index}`, at: new Date(0), nothing: undefined },
    reason: 'because',
  };
}

async function append(api: INestApplicationContext, records: AuditRecord[]): Promise<void> {
  const log = api.get(AuditLog);
  // Every process writes by its own connections.
  const own = api.get<Database>(DATABASE);
  await own.transaction((transaction) => log.append(transaction, records));
}

async function fill(count = ENTRIES): Promise<void> {
  await append(
    apis[0]!,
    Array.from({ length: count }, (_, index) => record(guildId, index, 'member.updated')),
  );
}

const KEY = testConfig('postgresql://127.0.0.1/none').AUDIT_KEY;

function parts(keyList = KEY) {
  const keys = new AuditKeys(keyList);
  const repository = new AuditVerificationRepository(database.database);
  const heads = new AuditHeads(new DiskFileStore(join(folder, 'files')), repository, keys);
  return { heads, verifier: new AuditVerifier(repository, heads, keys) };
}

async function verify(keyList?: string) {
  return parts(keyList).verifier.verify(clock.now());
}

async function findings() {
  return (await verify()).findings;
}

describe('the chain', () => {
  it('holds as it was written, whatever the details are', async () => {
    await fill();
    expect(await verify()).toMatchObject({ findings: [], chains: 1, entries: ENTRIES, newestHeadAt: null });
  });

  it.each([
    ['at', `at = at + interval '1 microsecond'`],
    ['action', `action = 'member.kicked'`],
    ['origin', `origin = 'bot'`],
    ['target type', `target_type = 'role'`],
    ['part hashes', `part_hashes = part_hashes - 'details'`],
    ['id', `id = '${newId()}'`],
    ['guild, to one of no other chain', `guild_id = 5`],
    ['MAC', `mac = decode(repeat('00', 32), 'hex')`],
  ])('tells that the %s of an entry was changed, and of which', async (what, change) => {
    await fill();
    await database.pool.query('alter table audit_parts drop constraint audit_parts_entry_id_audit_entries_id_fk');
    await database.pool.query(`update audit_entries set ${change} where seq = 417`);
    const found = (await findings()).filter(({ kind }) => !kind.startsWith('part-'));
    const isMoved = what.startsWith('guild');
    expect(found).toEqual(
      isMoved
        ? expect.arrayContaining([
            { kind: 'missing', guildId, seq: 417, lastSeq: 417 },
            { kind: 'missing', guildId: '5', seq: 1, lastSeq: 416 },
          ])
        : [{ kind: 'changed', guildId, seq: 417 }],
    );
    await database.pool.query('truncate audit_entries, audit_parts');
    await database.pool.query(
      'alter table audit_parts add constraint audit_parts_entry_id_audit_entries_id_fk foreign key (entry_id) references audit_entries (id) on delete cascade',
    );
  });

  it.each([
    ['actor', `body = jsonb_set(body, '{name}', '"Somebody else"')`],
    ['target', `body = jsonb_set(body, '{name}', '"Somebody else"')`],
    ['details', `body = jsonb_set(body, '{reason}', '"another"')`],
    ['details', `account_id = null`],
    ['target', `discord_id = 5`],
    ['actor', `salt = decode('00', 'hex')`],
  ])('tells that the part %s of an entry was changed: %s', async (part, change) => {
    await fill();
    await database.pool.query(
      `update audit_parts set ${change} where part = $1 and entry_id = (select id from audit_entries where seq = 88)`,
      [part],
    );
    expect(await findings()).toEqual([{ kind: 'part-changed', guildId, seq: 88, part }]);
  });

  it('tells that a part is gone for which no erasure accounts', async () => {
    await fill(50);
    await database.pool.query(
      `delete from audit_parts where part = 'actor' and entry_id = (select id from audit_entries where seq = 9)`,
    );
    expect(await findings()).toEqual([{ kind: 'part-missing', guildId, seq: 9, part: 'actor' }]);
  });

  it('tells which entry was removed from the middle', async () => {
    await fill();
    await database.pool.query('delete from audit_entries where seq between 500 and 502');
    expect(await findings()).toEqual([{ kind: 'missing', guildId, seq: 500, lastSeq: 502 }]);
  });

  it.each([
    [300, 301],
    [200, 700],
  ])('tells that entries %i and %i were exchanged, and accuses no other', async (a, b) => {
    await fill();
    await database.pool.query('update audit_entries set seq = -1 where seq = $1', [a]);
    await database.pool.query('update audit_entries set seq = $1 where seq = $2', [a, b]);
    await database.pool.query('update audit_entries set seq = $1 where seq = -1', [b]);
    expect(await findings()).toEqual([
      { kind: 'changed', guildId, seq: a },
      { kind: 'changed', guildId, seq: b },
    ]);
  });

  it('tells by the head outside the database that the end was cut off', async () => {
    await fill();
    await parts().heads.write(clock.now());
    expect(await findings()).toEqual([]);
    await database.pool.query('delete from audit_entries where seq > 990');
    expect(await findings()).toEqual([{ kind: 'cut-off', guildId, seq: 991, lastSeq: 1000 }]);
    // What grows in its place does not hide it, nor may it become the new head.
    await fill(20);
    expect(await findings()).toEqual([{ kind: 'other-head', guildId, seq: 1000 }]);
    await expect(parts().heads.write(clock.now())).rejects.toMatchObject({ code: 'conflict' });
    await database.pool.query('truncate audit_entries cascade');
    expect(await findings()).toEqual([{ kind: 'cut-off', guildId, seq: 1, lastSeq: 1000 }]);
  });

  it('tells that a file of heads was changed', async () => {
    await fill(3);
    const { heads } = parts();
    const now = clock.now();
    await heads.write(now);
    const key = `audit/heads/${now.toISOString().slice(0, 10)}.json`;
    const store = new DiskFileStore(join(folder, 'files'));
    const file = await store.get(key);
    const text = await new Response(file!.stream as unknown as ReadableStream).text();
    await store.put(key, Buffer.from(text.replace('"seq":3', '"seq":2')), {
      contentType: 'application/json',
      maxBytes: 10_000,
    });
    expect(await verify()).toMatchObject({ damagedFiles: [key], newestHeadAt: null });
  });

  it('is verified with the old key after a rotation, and not without it', async () => {
    await fill(5);
    const rotated = `new:${'n'.repeat(40)},k1:${KEY}`;
    expect((await verify(rotated)).findings).toEqual([]);
    const forgotten = (await verify(`new:${'n'.repeat(40)}`)).findings;
    expect(forgotten).toHaveLength(5);
    expect(forgotten[0]).toEqual({ kind: 'unknown-key', guildId, seq: 1 });
  });
});

describe('entries', () => {
  it('are numbered without a gap when two processes write at once, to several chains each', async () => {
    const one = async (api: INestApplicationContext, index: number): Promise<void> => {
      const chains = index % 2 ? [guildId, anotherGuildId] : [anotherGuildId, guildId];
      await append(
        api,
        chains.map((chain) => record(chain, index, 'member.updated')),
      );
    };
    await Promise.all(Array.from({ length: 200 }, (_, index) => one(apis[index % 2]!, index)));
    for (const chain of [guildId, anotherGuildId]) {
      const { rows } = await database.pool.query<{ seq: string }>(
        'select seq from audit_entries where guild_id = $1 order by seq',
        [chain],
      );
      expect(rows.map(({ seq }) => Number(seq))).toEqual(Array.from({ length: 200 }, (_, index) => index + 1));
    }
    expect(await findings()).toEqual([]);
  });

  it('leave no gap behind when their change is rolled back', async () => {
    await fill(2);
    const failed = database.database.transaction(async (transaction) => {
      await apis[0]!.get(AuditLog).append(transaction, [record(guildId, 1, 'member.updated')]);
      throw new Error('changed my mind');
    });
    await expect(failed).rejects.toThrow('changed my mind');
    await fill(1);
    const { rows } = await database.pool.query<{ seq: string }>('select seq from audit_entries order by seq');
    expect(rows.map(({ seq }) => Number(seq))).toEqual([1, 2, 3]);
  });

  it('say nothing personal in the chain itself', async () => {
    await append(apis[0]!, [record(guildId, 77, 'member.updated')]);
    const { rows } = await database.pool.query('select * from audit_entries');
    expect(JSON.stringify(rows)).not.toMatch(/Person 77|192\.0\.2\.7|because|New 77/);
  });
});
