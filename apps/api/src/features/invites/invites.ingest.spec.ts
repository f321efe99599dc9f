import type { Invite } from '@guildhall/contracts';
import { schema } from '@guildhall/database';
import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { event, id, snapshot, TestLane } from '../../../testing/bot-events.js';
import {
  type IngestApp,
  type MigratedDatabase,
  migratedDatabase,
  startIngestApp,
} from '../../../testing/ingest-app.js';
import { mixedHistories } from '../../../testing/mixed-histories.js';

const { invites } = schema;
const GUILD = id(4_000);
const OTHER = id(4_001);
const CHANNEL = id(501);
const at = (second: number) => `2026-11-20T12:00:${String(second).padStart(2, '0')}.000Z`;

let database: MigratedDatabase;
let api: IngestApp;
const lane = new TestLane();
let code = '';
let codeCount = 0;

beforeAll(async () => {
  database = await migratedDatabase(inject('postgresUrl'));
  api = await startIngestApp(database.url);
  await store(...[GUILD, OTHER].map((guildId) => event('guild_sync', guildId, snapshot(guildId, { channels: [] }))));
});

afterAll(async () => {
  await api?.close();
  await database?.close();
});

beforeEach(newCode);

function newCode(): void {
  code = `code-${codeCount++}`;
}

async function store(...events: unknown[]): Promise<void> {
  const batch = lane.batch(...events);
  expect((await api.ingest.store(batch, 'bot')).last).toBe(batch.last);
}

const facts = (): Invite => ({
  code,
  channelId: CHANNEL,
  inviterId: id(900),
  maxUses: 5,
  maxAgeSeconds: 3_600,
  isTemporary: true,
  createdAt: at(0),
});
const creation = (guildId = GUILD) => event('invite_create', guildId, facts());
const deletion = (second: number, guildId = GUILD) =>
  event('invite_delete', guildId, { code, channelId: CHANNEL }, at(second));

async function row() {
  const [found] = await database.database.select().from(invites).where(eq(invites.code, code));
  return found;
}

describe('an invite', () => {
  it('is stored with its terms, and gone when it is deleted', async () => {
    await store(creation());
    const stored = { ...facts(), guildId: GUILD, createdAt: new Date(at(0)), deletedAt: null };
    expect(await row()).toEqual(stored);
    await store(deletion(5));
    expect(await row()).toEqual({ ...stored, deletedAt: new Date(at(5)) });
  });

  it('is not deleted by an event of another guild', async () => {
    await store(creation(), deletion(5, OTHER));
    expect(await row()).toMatchObject({ guildId: GUILD, deletedAt: null });
  });

  it('ends in the same state however its events are repeated, mixed and batched', async () => {
    const step = fc.oneof(
      fc.constant({ kind: 'creation' as const }),
      fc.record({ kind: fc.constant('deletion' as const), second: fc.integer({ min: 10, max: 20 }) }),
    );
    await fc.assert(
      fc.asyncProperty(mixedHistories(step), async ({ steps, batches }) => {
        newCode();
        for (const batch of batches) {
          await store(...batch.map((one) => (one.kind === 'creation' ? creation() : deletion(one.second))));
        }
        const deletions = steps.flatMap((one) => (one.kind === 'deletion' ? [one.second] : []));
        const isKnown = steps.some(({ kind }) => kind === 'creation');
        expect(await row()).toMatchObject({
          maxUses: isKnown ? 5 : 0,
          deletedAt: deletions.length > 0 ? new Date(at(Math.min(...deletions))) : null,
        });
      }),
      { numRuns: 40 },
    );
  });
});
