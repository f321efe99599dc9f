import { schema } from '@guildhall/database';
import { and, eq, isNull } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { channel, event, id, member, message, role, snapshot, TestLane } from '../../../testing/bot-events.js';
import {
  type IngestApp,
  type MigratedDatabase,
  migratedDatabase,
  startIngestApp,
  WHOLE_MESSAGES,
} from '../../../testing/ingest-app.js';
import { GUILD_RETENTION_DAYS } from './guilds.jobs.js';

const { channelOverwrites, channels, guilds, members, messages, roles, topicVersions } = schema;

let database: MigratedDatabase;
let api: IngestApp;
let lane: TestLane;
let guildId = id(3_000);
let guildCount = 0;

beforeAll(async () => {
  database = await migratedDatabase(inject('postgresUrl'));
  api = await startIngestApp(database.url, WHOLE_MESSAGES);
});

afterAll(async () => {
  await api?.close();
  await database?.close();
});

beforeEach(() => {
  guildId = id(3_000 + guildCount++ * 100);
  lane = new TestLane();
});

const own = (n: number) => id(BigInt(guildId) + BigInt(n));

async function store(...events: unknown[]): Promise<void> {
  const batch = lane.batch(...events);
  expect((await api.ingest.store(batch, 'bot-1')).last).toBe(batch.last);
}

async function guildRow() {
  const [row] = await database.database.select().from(guilds).where(eq(guilds.id, guildId));
  return row;
}

async function existing(table: typeof roles | typeof channels): Promise<string[]> {
  const rows = await database.database
    .select({ id: table.id })
    .from(table)
    .where(and(eq(table.guildId, guildId), isNull(table.deletedAt)))
    .orderBy(table.id);
  return rows.map((row) => row.id);
}

describe('a guild', () => {
  it('is as its snapshot describes it, and what the snapshot does not name is gone', async () => {
    await store(
      event(
        'guild_sync',
        guildId,
        snapshot(guildId, { roles: [role(own(0)), role(own(1))], channels: [channel(own(10)), channel(own(11))] }),
      ),
    );
    await store(event('member_add', guildId, member(own(50), { roleIds: [own(1)] })));
    const renamed = { ...snapshot(guildId).guild, name: 'Renamed' };
    await store(
      event(
        'guild_sync',
        guildId,
        snapshot(guildId, {
          guild: renamed,
          memberCount: 42,
          roles: [role(own(0)), role(own(2))],
          channels: [channel(own(11))],
        }),
      ),
    );

    expect(await guildRow()).toMatchObject({
      name: 'Renamed',
      announcedMemberCount: 42,
      botId: 'bot-1',
      isActive: true,
    });
    expect(await existing(roles)).toEqual([own(0), own(2)]);
    expect(await existing(channels)).toEqual([own(11)]);
    const [row] = await database.database.select().from(members).where(eq(members.guildId, guildId));
    expect(row?.roleIds).toEqual([]);
  });

  it('keeps archived threads, which no snapshot names, and raises what it names', async () => {
    const thread = channel(own(12), { type: 11, parentId: own(10) });
    await store(event('guild_sync', guildId, snapshot(guildId, { channels: [channel(own(10)), thread] })));
    await store(event('channel_delete', guildId, { id: own(10) }));
    await store(event('guild_sync', guildId, snapshot(guildId, { channels: [channel(own(10))] })));
    expect(await existing(channels)).toEqual([own(10), own(12)]);
  });

  it('keeps a deleted role or channel deleted when a late create or update comes', async () => {
    await store(
      event('guild_sync', guildId, snapshot(guildId, { roles: [role(own(1))], channels: [channel(own(10))] })),
    );
    await store(
      event('role_delete', guildId, { id: own(1) }),
      event('channel_delete', guildId, { id: own(10) }),
      event('role_delete', guildId, { id: own(2) }),
      event('channel_delete', guildId, { id: own(11) }),
    );
    await store(event('role_update', guildId, role(own(1))), event('role_create', guildId, role(own(2))));
    await store(event('channel_update', guildId, channel(own(10))), event('channel_create', guildId, channel(own(11))));
    expect([await existing(roles), await existing(channels)]).toEqual([[], []]);
  });

  it('has the overwrites of its channels as last described', async () => {
    const overwrite = (n: number, deny: string) => ({ id: own(n), type: 'role' as const, allow: '0', deny });
    await store(
      event(
        'guild_sync',
        guildId,
        snapshot(guildId, { channels: [channel(own(10), { overwrites: [overwrite(1, '8'), overwrite(2, '8')] })] }),
      ),
    );
    await store(
      event('channel_update', guildId, channel(own(10), { overwrites: [overwrite(2, '18446744073709551615')] })),
    );
    const rows = await database.database
      .select()
      .from(channelOverwrites)
      .where(eq(channelOverwrites.channelId, own(10)));
    expect(rows).toMatchObject([{ subjectId: own(2), deny: '18446744073709551615' }]);
  });
});

describe('a guild that the bot left', () => {
  const purges = async () => {
    const { rows } = await database.pool.query<{ data: { guildId: string }; delay_days: number }>(
      `select data, extract(day from start_after - (data->>'deactivatedAt')::timestamptz)::int as delay_days
       from pgboss.job where name = 'guilds.purge' and data->>'guildId' = $1`,
      [guildId],
    );
    return rows;
  };
  /** Lets the retention period of the waiting purges pass. */
  const retentionPasses = () =>
    database.pool.query(
      `update pgboss.job set start_after = now() where name = 'guilds.purge' and data->>'guildId' = $1`,
      [guildId],
    );
  const purgesDone = () =>
    expect
      .poll(
        async () => {
          const { rows } = await database.pool.query(
            `select 1 from pgboss.job where name = 'guilds.purge' and data->>'guildId' = $1 and state <> 'completed'`,
            [guildId],
          );
          return rows.length;
        },
        { timeout: 15_000, interval: 200 },
      )
      .toBe(0);

  beforeEach(async () => {
    await store(event('guild_sync', guildId, snapshot(guildId, { channels: [channel(own(10))] })));
    await store(
      event('member_add', guildId, member(own(50))),
      event(
        'message_create',
        guildId,
        message(own(60), { attachments: [{ id: own(61), filename: 'x', sizeBytes: 1, contentType: null }] }),
      ),
    );
  });

  it('is inactive, keeps its data, and has a purge waiting for the end of the retention period', async () => {
    await store(event('guild_delete', guildId, { id: guildId }), event('guild_delete', guildId, { id: guildId }));
    expect(await guildRow()).toMatchObject({ isActive: false, deactivatedAt: new Date('2026-11-20T12:00:00.000Z') });
    expect(await purges()).toMatchObject([{ delay_days: GUILD_RETENTION_DAYS }]);
  });

  it('loses all its rows when the retention period is over', async () => {
    await store(event('guild_delete', guildId, { id: guildId }));
    await retentionPasses();
    await purgesDone();
    expect(await guildRow()).toBeUndefined();
    for (const table of [roles, channels, members, messages, topicVersions]) {
      expect(await database.database.select().from(table).where(eq(table.guildId, guildId))).toEqual([]);
    }
    const { rows } = await database.pool.query('select 1 from message_attachments where message_id = $1', [own(60)]);
    expect(rows).toEqual([]);
  });

  it('keeps everything when the bot came back', async () => {
    await store(event('guild_delete', guildId, { id: guildId }));
    await store(event('guild_create', guildId, snapshot(guildId, { channels: [channel(own(10))] })));
    await retentionPasses();
    await purgesDone();
    expect(await guildRow()).toMatchObject({ isActive: true, deactivatedAt: null });
    expect(await database.database.select().from(messages).where(eq(messages.guildId, guildId))).toHaveLength(1);
  });
});
