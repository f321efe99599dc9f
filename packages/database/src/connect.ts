import { setTimeout as delay } from 'node:timers/promises';
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import * as schema from './schema/index.js';

export type Database = NodePgDatabase<typeof schema>;

/** What a transaction callback receives; every repository accepts it in place of the database. */
export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0];

export interface ConnectOptions {
  url: string;
  /** The most connections held at once. */
  poolSize?: number;
  /** Shown in `pg_stat_activity`. */
  applicationName: string;
  /** Told of connections that break, idle or at work, which would otherwise end the process. */
  onError: (error: Error) => void;
}

export interface Connection {
  database: Database;
  pool: pg.Pool;
  /** Waits for what is under way, but not for long. */
  close(): Promise<void>;
}

const CONNECT_TIMEOUT_MS = 5_000;
/** A connection that broke at the wrong moment is never given back, and the pool would wait for it for ever. */
const CLOSE_TIMEOUT_MS = 5_000;

/** Opens a pool of connections to PostgreSQL; nothing is contacted before the first query. */
export function connect(options: ConnectOptions): Connection {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.poolSize ?? 10,
    application_name: options.applicationName,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  });
  pool.on('error', options.onError);
  // The pool speaks for its idle connections only; one that breaks within a transaction would end the process.
  pool.on('connect', (client) => client.on('error', options.onError));
  const close = async (): Promise<void> => {
    const patience = new AbortController();
    const { signal } = patience;
    await Promise.race([pool.end(), delay(CLOSE_TIMEOUT_MS, undefined, { signal, ref: false })]);
    patience.abort();
  };
  return { database: drizzle(pool, { schema }), pool, close };
}
