import { schema } from '@guildhall/database';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { event, id, idAt, snapshot, TestLane } from '../../../testing/bot-events.js';
import {
  type IngestApp,
  type MigratedDatabase,
  migratedDatabase,
  startIngestApp,
} from '../../../testing/ingest-app.js';

const { automodExecutions, discordAuditEntries } = schema;
const GUILD = id(4_000);

let database: MigratedDatabase;
let api: IngestApp;
const lane = new TestLane();

beforeAll(async () => {
  database = await migratedDatabase(inject('postgresUrl'));
  api = await startIngestApp(database.url);
  await store(event('guild_sync', GUILD, snapshot(GUILD, { channels: [] })));
});

afterAll(async () => {
  await api?.close();
  await database?.close();
});

async function store(...events: unknown[]): Promise<void> {
  const batch = lane.batch(...events);
  expect((await api.ingest.store(batch, 'bot')).last).toBe(batch.last);
}

describe("an entry of Discord's audit log", () => {
  it('is kept whole, once', async () => {
    const entry = {
      id: idAt('2026-11-20T12:00:00Z'),
      userId: id(900),
      targetId: '4242',
      actionType: 24,
      reason: 'tidy',
      changes: [{ key: 'nick', new_value: 'Ann' }],
      options: { count: '2' },
    };
    await store(event('audit_log_entry', GUILD, entry), event('audit_log_entry', GUILD, entry));
    await store(event('audit_log_entry', GUILD, { ...entry, reason: 'another' }));
    expect(
      await database.database.select().from(discordAuditEntries).where(eq(discordAuditEntries.guildId, GUILD)),
    ).toEqual([{ ...entry, guildId: GUILD }]);
  });
});

describe('what AutoMod did', () => {
  it('is kept once, by the id of the event that tells it', async () => {
    const execution = {
      ruleId: id(71),
      triggerType: 1,
      actionType: 1,
      userId: id(900),
      channelId: id(501),
      messageId: null,
      matchedKeyword: 'scam',
    };
    const told = event('automod_execution', GUILD, execution);
    await store(told, told);
    await store(told);
    expect(
      await database.database.select().from(automodExecutions).where(eq(automodExecutions.guildId, GUILD)),
    ).toEqual([{ ...execution, id: told.id, guildId: GUILD, at: new Date(told.timestamp) }]);
  });
});
