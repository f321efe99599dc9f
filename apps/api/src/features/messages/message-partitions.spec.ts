import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { event, id, idAt, message, snapshot, TestLane } from '../../../testing/bot-events.js';
import {
  type IngestApp,
  type MigratedDatabase,
  migratedDatabase,
  startIngestApp,
} from '../../../testing/ingest-app.js';
import { partitionsAround } from './message-partitions.rules.js';
import { MessagesJobs } from './messages.jobs.js';

describe('partitionsAround', () => {
  it('covers three months back to two ahead, without holes, across the turn of the year', () => {
    const partitions = partitionsAround(new Date('2026-01-31T23:59:59Z'));
    const months = ['2025_10', '2025_11', '2025_12', '2026_01', '2026_02', '2026_03'];
    expect(partitions.map(({ name }) => name)).toEqual(months.map((month) => `messages_${month}`));
    for (const [index, { from }] of partitions.slice(1).entries()) expect(from).toBe(partitions[index]?.to);
    expect(partitions[3]).toMatchObject({ from: idAt('2026-01-01T00:00:00Z'), to: idAt('2026-02-01T00:00:00Z') });
  });
});

describe('the partitions of messages', () => {
  let database: MigratedDatabase;
  let api: IngestApp;

  beforeAll(async () => {
    database = await migratedDatabase(inject('postgresUrl'));
    api = await startIngestApp(database.url);
  });

  afterAll(async () => {
    await api?.close();
    await database?.close();
  });

  const partitionNames = async () => {
    const { rows } = await database.database.execute<{ name: string }>(
      sql`select inhrelid::regclass::text as name from pg_inherits where inhparent = 'messages'::regclass order by 1`,
    );
    return rows.map(({ name }) => name);
  };

  it('exist when the API has started', async () => {
    const expected = partitionsAround(new Date()).map(({ name }) => name);
    expect(await partitionNames()).toEqual(expect.arrayContaining(expected));
  });

  it('are left alone where the default partition has messages already, and made around them', async () => {
    const old = idAt('2021-06-10T00:00:00Z', 1);
    const lane = new TestLane();
    await api.ingest.store(
      lane.batch(event('guild_sync', id(1), snapshot(id(1))), event('message_create', id(1), message(old))),
      'bot',
    );
    await api.app.get(MessagesJobs).createMissing(new Date('2021-06-15T00:00:00Z'));
    const names = await partitionNames();
    expect(names).toEqual(expect.arrayContaining(['messages_2021_05', 'messages_2021_07']));
    expect(names).not.toContain('messages_2021_06');

    const july = idAt('2021-07-10T00:00:00Z');
    await api.ingest.store(lane.batch(event('message_create', id(1), message(july))), 'bot');
    const { rows } = await database.database.execute(sql`select id from messages_2021_07`);
    expect(rows).toEqual([{ id: july }]);
  });

  it('can be asked for again', async () => {
    const before = await partitionNames();
    await Promise.all([1, 2].map(() => api.app.get(MessagesJobs).createMissing(new Date())));
    expect(await partitionNames()).toEqual(before);
  });
});
