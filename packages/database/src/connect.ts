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
  close(): Promise<void>;
}

const CONNECT_TIMEOUT_MS = 5_000;

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
  return { database: drizzle(pool, { schema }), pool, close: () => pool.end() };
}
