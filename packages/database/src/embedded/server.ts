import type { ChildProcess } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { complaintOf, databaseName, passwordFileName } from './cluster.js';
import { EmbeddedPostgresError } from './errors.js';
import { spawnProgram, type PostgresHome } from './program.js';

const host = '127.0.0.1';

/** After a crash PostgreSQL replays its log before it answers, so this is long. */
const readyWithinMs = 120_000;
const stopWithinMs = 20_000;

/** Small enough for a laptop, large enough for one API process; the API's pool is far below `max_connections`. */
const settings = {
  listen_addresses: host,
  unix_socket_directories: '',
  shared_buffers: '64MB',
  max_connections: '60',
  log_destination: 'stderr',
  logging_collector: 'off',
  timezone: 'UTC',
} as const satisfies Record<string, string>;

/** For throw-away test servers: a crash may lose everything, which makes each commit several times faster. */
const throwAwaySettings = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '200',
} as const satisfies Record<string, string>;

export interface ServerOptions {
  readonly password: string;
  readonly isThrowAway: boolean;
  readonly log: (line: string) => void;
}

/** A PostgreSQL server that answers. */
export interface PostgresServer {
  readonly url: string;
  readonly port: number;
  /** Settles when the server ends for whatever reason; the text is its last complaint. */
  readonly exited: Promise<string>;
  /** Ends the server in order (open transactions are rolled back) and waits for it. May be called twice. */
  stop(): Promise<void>;
}

/** The address of the server that runs on a data folder; null where none was ever started. */
export function runningServerUrl(dataDir: string): string | null {
  const port = lastPort(join(dataDir, 'port'));
  const passwordFile = join(dataDir, passwordFileName);
  return port === 0 || !existsSync(passwordFile) ? null : urlOf(port, readFileSync(passwordFile, 'utf8').trim());
}

function urlOf(port: number, password: string): string {
  return `postgresql://${databaseName}:${password}@${host}:${port}/${databaseName}`;
}

/** A start that failed for a reason that goes away by itself. */
type Retry = 'portTaken' | 'memoryInUse';

/**
 * Starts the server of a prepared cluster and waits until it answers.
 * @throws EmbeddedPostgresError with PostgreSQL's own complaint when it does not start
 */
export async function startServer(
  home: PostgresHome,
  dataDir: string,
  options: ServerOptions,
): Promise<PostgresServer> {
  const portFile = join(dataDir, 'port');
  let port = await preferredPort(portFile);
  for (let attempt = 1; ; attempt += 1) {
    const started = await tryStart(home, port, options);
    if (typeof started === 'object') {
      writeFileSync(portFile, `${port}\n`);
      return started;
    }
    if (attempt === 50) {
      throw new EmbeddedPostgresError(`Another PostgreSQL still uses ${home.cluster}: end it, then start again.`);
    }
    if (started === 'portTaken') port = await freePort(0);
    // The processes of a killed server notice its end within moments.
    else await delay(200);
  }
}

async function tryStart(home: PostgresHome, port: number, options: ServerOptions): Promise<PostgresServer | Retry> {
  const values = { ...settings, ...(options.isThrowAway ? throwAwaySettings : {}), port: String(port) };
  const child = spawnProgram(home, 'postgres', {
    after: Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  });
  const exited = followOutput(child, options.log);
  const url = urlOf(port, options.password);
  const complaint = await Promise.race([waitUntilReady(url), exited]);
  if (complaint === undefined) return { url, port, exited, stop: () => stopServer(child, exited) };
  if (isRunning(child)) await stopServer(child, exited);
  if (complaint.includes('could not create any TCP/IP sockets')) return 'portTaken';
  if (complaint.includes('pre-existing shared memory block')) return 'memoryInUse';
  throw new EmbeddedPostgresError(
    `PostgreSQL does not start on ${home.cluster}: ${complaint}. Restore a backup of that folder, or move it away to begin with an empty database.`,
  );
}

function followOutput(child: ChildProcess, log: (line: string) => void): Promise<string> {
  let recent = '';
  let unfinishedLine = '';
  child.stdin?.end();
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      const text = chunk.toString();
      recent = (recent + text).slice(-8_192);
      const lines = (unfinishedLine + text).split('\n');
      unfinishedLine = lines.pop() ?? '';
      lines.forEach(log);
    });
  }
  return new Promise((resolve) => {
    child.once('error', (error) => {
      resolve(error.message);
    });
    child.once('close', (_, signal) => {
      resolve(signal ?? complaintOf(recent));
    });
  });
}

/** @returns undefined when the server answers, else why it does not */
async function waitUntilReady(url: string): Promise<string | undefined> {
  let complaint = 'it does not answer';
  for (let waitedMs = 0; waitedMs < readyWithinMs; waitedMs += 25) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query('SELECT 1');
      return undefined;
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      complaint = message;
      // Wrong password or missing database: waiting longer would not help.
      if (code?.startsWith('28') || code === '3D000') break;
    } finally {
      await client.end().catch(() => undefined);
    }
    await delay(25);
  }
  return complaint;
}

async function stopServer(child: ChildProcess, exited: Promise<string>): Promise<void> {
  if (!isRunning(child)) return;
  // SIGINT is PostgreSQL's "fast" shutdown, SIGQUIT its "immediate" one (crash recovery at the next start).
  child.kill('SIGINT');
  const forced = setTimeout(() => child.kill('SIGQUIT'), stopWithinMs);
  await exited;
  clearTimeout(forced);
}

function isRunning(child: ChildProcess): boolean {
  return child.pid !== undefined && child.exitCode === null && child.signalCode === null;
}

/** The port of last time if nobody else has taken it, so that notes and tools keep working. */
async function preferredPort(portFile: string): Promise<number> {
  return freePort(lastPort(portFile));
}

/** 0 where no server has run yet. */
function lastPort(portFile: string): number {
  const last = existsSync(portFile) ? Number.parseInt(readFileSync(portFile, 'utf8'), 10) : 0;
  return last > 0 && last < 65_536 ? last : 0;
}

async function freePort(wanted: number): Promise<number> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', () => {
      if (wanted === 0) reject(new EmbeddedPostgresError(`No free port on ${host}.`));
      else resolve(freePort(0));
    });
    server.listen(wanted, host, () => {
      const address = server.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      server.close(() => {
        resolve(port);
      });
    });
  });
}
