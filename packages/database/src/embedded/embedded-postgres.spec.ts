import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findBinaries } from './binaries.js';
import { EmbeddedPostgresError, startEmbeddedPostgres, type EmbeddedPostgres } from './index.js';

let parent: string;
let dataDir: string;
const running: EmbeddedPostgres[] = [];

/** Starts a server that is stopped after the test. */
async function start(): Promise<EmbeddedPostgres> {
  const postgres = await startEmbeddedPostgres({ dataDir });
  running.push(postgres);
  return postgres;
}

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

function postmasterPid(): number {
  return Number.parseInt(readFileSync(join(dataDir, 'cluster', 'postmaster.pid'), 'utf8'), 10);
}

beforeEach(() => {
  // Closed to every other user, as a clone under /root is.
  parent = mkdtempSync(join(tmpdir(), 'guildhall-embedded-'));
  chmodSync(parent, 0o700);
  dataDir = join(parent, 'postgres');
});

afterEach(async () => {
  await Promise.all(running.splice(0).map((postgres) => postgres.stop()));
  rmSync(parent, { recursive: true, force: true });
});

describe('startEmbeddedPostgres', () => {
  it('keeps rows and the port over an orderly restart', async () => {
    const first = await start();
    await query(first.url, 'CREATE TABLE kept (value text)');
    await query(first.url, "INSERT INTO kept VALUES ('é')");
    await first.stop();
    const second = await start();
    expect(await query(second.url, 'SELECT upper(value) AS value FROM kept')).toEqual([{ value: 'É' }]);
    expect(second.port).toBe(first.port);
  });

  it('keeps committed rows over a SIGKILL and starts in spite of the lock file left behind', async () => {
    const first = await start();
    await query(first.url, 'CREATE TABLE kept (value int)');
    await query(first.url, 'INSERT INTO kept VALUES (7)');
    process.kill(postmasterPid(), 'SIGKILL');
    await first.exited;
    expect(existsSync(join(dataDir, 'cluster', 'postmaster.pid'))).toBe(true);
    const second = await start();
    expect(await query(second.url, 'SELECT value FROM kept')).toEqual([{ value: 7 }]);
  });

  it('takes over from a server that a killed Guildhall left running, so that there are never two', async () => {
    const orphan = await start();
    const orphanPid = postmasterPid();
    const next = await start();
    await orphan.exited;
    expect(postmasterPid()).not.toBe(orphanPid);
    expect(await query(next.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('ignores a lock file whose number now belongs to another program', async () => {
    await (await start()).stop();
    writeFileSync(join(dataDir, 'cluster', 'postmaster.pid'), `${process.pid}\n${dataDir}\n`);
    expect(await query((await start()).url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('makes up for an interrupted first start', async () => {
    mkdirSync(join(dataDir, 'cluster.unfinished', 'base'), { recursive: true });
    expect(await query((await start()).url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('listens on loopback only, asks for a password, and gives Guildhall no superuser', async () => {
    const { url, port } = await start();
    await expect(query(`postgresql://guildhall:wrong@127.0.0.1:${port}/guildhall`, 'SELECT 1')).rejects.toThrow(
      'password authentication failed',
    );
    expect(
      await query(url, "SELECT current_setting('listen_addresses') AS host, current_setting('fsync') AS fsync"),
    ).toEqual([{ host: '127.0.0.1', fsync: 'on' }]);
    expect(await query(url, 'SELECT rolsuper FROM pg_roles WHERE rolname = current_user')).toEqual([
      { rolsuper: false },
    ]);
    expect(statSync(join(dataDir, 'password')).mode & 0o777).toBe(0o600);
  });

  it('sets a new password when the old one is lost', async () => {
    await (await start()).stop();
    rmSync(join(dataDir, 'password'));
    expect(await query((await start()).url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('takes another port when its own has been taken meanwhile', async () => {
    const first = await start();
    const rows = await query(first.url, 'SELECT 1 AS one');
    await first.stop();
    const { createServer } = await import('node:net');
    const intruder = createServer().listen(first.port, '127.0.0.1');
    try {
      const second = await start();
      expect(second.port).not.toBe(first.port);
      expect(await query(second.url, 'SELECT 1 AS one')).toEqual(rows);
    } finally {
      intruder.close();
    }
  });

  it.each(['PG_VERSION', 'global/pg_control'])('refuses a folder without %s, naming the folder', async (file) => {
    await (await start()).stop();
    rmSync(join(dataDir, 'cluster', file));
    await expect(start()).rejects.toThrow(`The database in ${dataDir}/cluster is damaged (${file} is missing)`);
  });

  it('refuses damaged content with one line that names the folder', async () => {
    await (await start()).stop();
    writeFileSync(join(dataDir, 'cluster', 'global', 'pg_control'), 'garbage');
    const error: unknown = await start().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(EmbeddedPostgresError);
    expect((error as Error).message).toContain(`${dataDir}/cluster`);
    expect((error as Error).message).not.toContain('\n');
  });

  it('refuses the data of a newer PostgreSQL', async () => {
    await (await start()).stop();
    writeFileSync(join(dataDir, 'cluster', 'PG_VERSION'), '99\n');
    await expect(start()).rejects.toThrow(/written by PostgreSQL 99, but this Guildhall brings PostgreSQL 18: update/);
  });

  it('runs PostgreSQL under an unprivileged account when started by root', async () => {
    await start();
    const owner = statSync(join(dataDir, 'cluster')).uid;
    const uid = execFileSync('ps', ['-o', 'uid=', '-p', String(postmasterPid())], { encoding: 'utf8' }).trim();
    expect(uid).toBe(String(owner));
    expect(owner).not.toBe(0);
  });
});

describe('findBinaries', () => {
  it('asks for DATABASE_URL where no PostgreSQL is bundled', () => {
    expect(() => findBinaries('sunos', 'sparc')).toThrow(/set DATABASE_URL/);
  });
});
