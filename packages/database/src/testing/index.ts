import { randomBytes } from 'node:crypto';
import pg from 'pg';

/** An empty database for one spec file. */
export interface TestDatabase {
  readonly url: string;
  /** Ends every connection to the database and removes it. */
  drop(): Promise<void>;
}

/**
 * Creates an empty database of its own on a test server; the caller migrates it and drops it at the end.
 * @param serverUrl in a spec: `inject('postgresUrl')` of vitest
 */
export async function createTestDatabase(serverUrl: string): Promise<TestDatabase> {
  const name = `guildhall_test_${randomBytes(8).toString('hex')}`;
  await execute(serverUrl, `CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8'`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    drop: () => execute(serverUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

async function execute(serverUrl: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
