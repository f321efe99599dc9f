import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate as runMigrations } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';

const migrationsFolder = fileURLToPath(new URL('../migrations', import.meta.url));

/** Held while migrating, so that two processes that start at once do it one after the other. */
const MIGRATION_LOCK = 7_402_118;

const CONNECT_TIMEOUT_MS = 5_000;

/** The database was migrated by a newer Guildhall than this one. */
export class DatabaseTooNew extends Error {
  constructor() {
    super(
      'The database was written by a newer version of Guildhall. Update Guildhall, or restore a backup of this version.',
    );
    this.name = 'DatabaseTooNew';
  }
}

/** The database has not been brought to this version's schema yet. */
export class DatabaseNotMigrated extends Error {
  constructor() {
    super('The database is not at the schema of this version. Run `guildhall migrate`, then start again.');
    this.name = 'DatabaseNotMigrated';
  }
}

/** When the newest migration that this version knows was made, in milliseconds. */
function newestKnownMigration(): number {
  const journal = JSON.parse(readFileSync(`${migrationsFolder}/meta/_journal.json`, 'utf8')) as {
    entries: { when: number }[];
  };
  return Math.max(0, ...journal.entries.map((entry) => entry.when));
}

/** When the newest migration that the database went through was made; 0 for an empty database. */
async function newestAppliedMigration(client: pg.Client): Promise<number> {
  const table = await client.query<{ exists: boolean }>(
    `select to_regclass('drizzle.__drizzle_migrations') is not null as exists`,
  );
  if (!table.rows[0]?.exists) return 0;
  const newest = await client.query<{ newest: string | null }>(
    'select max(created_at)::text as newest from drizzle.__drizzle_migrations',
  );
  return Number(newest.rows[0]?.newest ?? 0);
}

async function refuseNewerDatabase(client: pg.Client): Promise<void> {
  if ((await newestAppliedMigration(client)) > newestKnownMigration()) throw new DatabaseTooNew();
}

/**
 * Checks that the database is at exactly this version's schema, without changing it.
 * @throws DatabaseTooNew, DatabaseNotMigrated
 */
export async function assertMigrated(url: string): Promise<void> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'guildhall-check',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  });
  await client.connect();
  try {
    await refuseNewerDatabase(client);
    if ((await newestAppliedMigration(client)) < newestKnownMigration()) throw new DatabaseNotMigrated();
  } finally {
    await client.end();
  }
}

/**
 * Brings the database to this version's schema; safe to call from several processes at once.
 * @throws DatabaseTooNew when a newer version was here before
 */
export async function migrate(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, application_name: 'guildhall-migrate' });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await refuseNewerDatabase(client);
    await runMigrations(drizzle(client), { migrationsFolder });
  } finally {
    await client.end();
  }
}
