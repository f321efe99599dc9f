import pg from 'pg';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { DatabaseTooNew, migrate } from './migrate.js';
import { createTestDatabase, type TestDatabase } from './testing/index.js';

describe('migrate', () => {
  let test: TestDatabase;
  let client: pg.Client;

  beforeEach(async () => {
    test = await createTestDatabase(inject('postgresUrl'));
    client = new pg.Client({ connectionString: test.url });
    await client.connect();
  });

  afterEach(async () => {
    await client.end();
    await test.drop();
  });

  async function countMigrations(): Promise<number> {
    const { rows } = await client.query<{ count: number }>(
      'select count(*)::int as count from drizzle.__drizzle_migrations',
    );
    return rows[0]!.count;
  }

  it('brings an empty database to the current schema, and leaves a current one alone', async () => {
    await migrate(test.url);
    const once = await countMigrations();
    await migrate(test.url);

    expect(once).toBeGreaterThan(0);
    expect(await countMigrations()).toBe(once);
  });

  it('may be called by several processes at once', async () => {
    await Promise.all([migrate(test.url), migrate(test.url), migrate(test.url)]);

    const { rows } = await client.query<{ created_at: string }>('select created_at from drizzle.__drizzle_migrations');
    expect(new Set(rows.map((row) => row.created_at)).size).toBe(rows.length);
  });

  it('refuses a database that a newer version has written', async () => {
    await migrate(test.url);
    await client.query(`insert into drizzle.__drizzle_migrations (hash, created_at) values ('from the future', 9e12)`);

    await expect(migrate(test.url)).rejects.toThrow(DatabaseTooNew);
  });

  it('keeps messages of any time, in a partition of their month or in the default one', async () => {
    await migrate(test.url);
    await client.query(`insert into messages (id, guild_id, channel_id) values (1, 2, 3), (9223372036854775806, 2, 3)`);

    const { rows } = await client.query<{ partition: string }>(
      'select tableoid::regclass::text as partition from messages',
    );
    expect(rows.map((row) => row.partition)).toEqual(['messages_default', 'messages_default']);
  });
});
