import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { chooseAccount, reachableBinaries } from './account.js';
import { findBinaries } from './binaries.js';
import { prepareCluster } from './cluster.js';
import { EmbeddedPostgresError } from './errors.js';
import { clearLeftover } from './leftover.js';
import { startServer, type PostgresServer } from './server.js';

export { EmbeddedPostgresError } from './errors.js';
export { runningServerUrl } from './server.js';

export interface EmbeddedPostgresOptions {
  /** Folder of the database: the cluster, its password (mode 0600) and its port. Created when missing. */
  dataDir: string;
  /** Receives PostgreSQL's log, line by line. */
  log?: (line: string) => void;
  /** Trades durability for speed; for tests only. */
  isThrowAway?: boolean;
}

export type EmbeddedPostgres = PostgresServer;

/**
 * Starts the PostgreSQL that npm installed, on loopback and a free port, and creates its cluster on first use. Works as
 * root too, under an unprivileged account. A server left over by a killed Guildhall is stopped first.
 * @throws EmbeddedPostgresError with one line that says what to do
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const dataDir = resolve(options.dataDir);
  const cluster = join(dataDir, 'cluster');
  try {
    mkdirSync(dataDir, { recursive: true });
    const account = chooseAccount(cluster);
    const binaries = reachableBinaries(findBinaries(), account);
    const home = { binaries, account, cluster };
    await clearLeftover(cluster);
    const password = await prepareCluster(home, dataDir);
    return await startServer(home, dataDir, {
      password,
      isThrowAway: options.isThrowAway ?? false,
      log: options.log ?? (() => undefined),
    });
  } catch (error) {
    if (error instanceof EmbeddedPostgresError) throw error;
    throw new EmbeddedPostgresError(`The database in ${dataDir} cannot be started: ${(error as Error).message}`, {
      cause: error,
    });
  }
}
