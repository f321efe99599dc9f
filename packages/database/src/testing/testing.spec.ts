import pg from 'pg';
import { describe, expect, inject, it } from 'vitest';
import { createTestDatabase } from './index.js';

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('createTestDatabase', () => {
  it('gives each caller an empty database of its own and removes it while it is in use', async () => {
    const server = inject('postgresUrl');
    const [one, two] = await Promise.all([createTestDatabase(server), createTestDatabase(server)]);
    await query(one.url, 'CREATE TABLE mine (id int)');
    expect(await query(two.url, "SELECT to_regclass('mine') AS mine")).toEqual([{ mine: null }]);

    const stillConnected = new pg.Client({ connectionString: one.url });
    stillConnected.on('error', () => undefined);
    await stillConnected.connect();
    await Promise.all([one.drop(), two.drop()]);
    await expect(query(one.url, 'SELECT 1')).rejects.toThrow('does not exist');
  });
});
