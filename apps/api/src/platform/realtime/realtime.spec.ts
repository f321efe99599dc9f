import {
  type BotEventType,
  REALTIME_NAMESPACE,
  REALTIME_REVOKED_EVENT,
  type RealtimeEventName,
  type RealtimePayload,
  type Snowflake,
  type SubscribeResult,
} from '@guildhall/contracts';
import { io, type Socket } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { TEST_WEB_ORIGIN } from '../../../testing/api.js';
import { event, id, idAt, member, message, role, snapshot, TestLane } from '../../../testing/bot-events.js';
import {
  type IngestApp,
  type MigratedDatabase,
  migratedDatabase,
  startIngestApp,
} from '../../../testing/ingest-app.js';
import { type SignedIn, signIn } from '../../../testing/people.js';
import { RealtimeHub } from './realtime-hub.js';

const ADMINISTRATOR = '8';

let database: MigratedDatabase;
let api: IngestApp;
const sockets: Socket[] = [];
let people = 0;

beforeAll(async () => {
  database = await migratedDatabase(inject('postgresUrl'));
  api = await startIngestApp(database.url);
});

afterEach(() => {
  for (const socket of sockets.splice(0)) socket.disconnect();
});

afterAll(async () => {
  await api?.close();
  await database?.close();
});

interface Received {
  name: RealtimeEventName | typeof REALTIME_REVOKED_EVENT;
  payload: RealtimePayload;
}

class Client {
  readonly received: Received[] = [];
  readonly socket: Socket;

  constructor(token: unknown, options: { origin?: string; url?: string } = {}) {
    this.socket = io(`${options.url ?? api.url}${REALTIME_NAMESPACE}`, {
      auth: { token },
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
      ...(options.origin ? { extraHeaders: { origin: options.origin } } : {}),
    });
    this.socket.onAny((name, payload) => this.received.push({ name, payload }));
    sockets.push(this.socket);
  }

  async outcome(): Promise<string> {
    return new Promise((resolve) => {
      this.socket.on('connect', () => resolve('connected'));
      this.socket.on('connect_error', (error) => resolve(error.message));
    });
  }

  async subscribe(guildId: unknown, topics: unknown): Promise<SubscribeResult> {
    return (await this.socket.timeout(5_000).emitWithAck('subscribe', { guildId, topics })) as SubscribeResult;
  }

  names(): string[] {
    return this.received.map(({ name }) => name);
  }
}

/** A guild of its own, whose role `admins` makes people administrators. */
class TestGuild {
  readonly lane = new TestLane();
  readonly id: Snowflake;
  readonly admins: Snowflake;

  constructor(n: number) {
    this.id = id(40_000 + n * 1_000);
    this.admins = this.own(1);
  }

  own(n: number): Snowflake {
    return id(BigInt(this.id) + BigInt(n));
  }

  async store(...events: unknown[]): Promise<void> {
    const batch = this.lane.batch(...events);
    expect((await api.ingest.store(batch, 'bot')).last).toBe(batch.last);
  }

  event<T extends BotEventType>(type: T, data: Parameters<typeof event<T>>[2]) {
    return event(type, this.id, data);
  }

  async open(): Promise<void> {
    const roles = [role(this.id), role(this.admins, { permissions: ADMINISTRATOR })];
    await this.store(this.event('guild_sync', snapshot(this.id, { roles, channels: [] })));
  }

  /** A signed-in administrator of this guild. */
  async admin(): Promise<SignedIn & { discordId: Snowflake }> {
    const discordId = id(70_000 + people++);
    await this.store(this.event('member_add', member(discordId, { roleIds: [this.admins] })));
    return { ...(await signIn(api.app, database.database, discordId)), discordId };
  }
}

let guildCount = 0;
let guild: TestGuild;
let other: TestGuild;

beforeEach(async () => {
  guild = new TestGuild(guildCount++);
  other = new TestGuild(guildCount++);
  await guild.open();
  await other.open();
});

let messageCount = 0;
const newMessage = () => message(idAt('2026-11-20T08:00:00Z', messageCount++));

describe('a realtime connection', () => {
  it.each([undefined, '', 5, 'forged', { token: 'x' }])('is refused with %j for a token', async (token) => {
    expect(await new Client(token).outcome()).toBe('unauthenticated');
  });

  it('is refused from the page of somebody else', async () => {
    const { accessToken } = await guild.admin();
    expect(await new Client(accessToken, { origin: 'https://evil.test' }).outcome()).not.toBe('connected');
    expect(await new Client(accessToken, { origin: TEST_WEB_ORIGIN }).outcome()).toBe('connected');
  });

  it('is refused when the session was revoked', async () => {
    const { accessToken, sessionId } = await guild.admin();
    await database.pool.query('update sessions set revoked_at = now() where id = $1', [sessionId]);
    expect(await new Client(accessToken).outcome()).toBe('unauthenticated');
  });

  it('ends with its session, and no other does', async () => {
    const [leaving, staying] = [await guild.admin(), await guild.admin()];
    const [gone, stays] = [new Client(leaving.accessToken), new Client(staying.accessToken)];
    await Promise.all([gone.outcome(), stays.outcome()]);
    api.app.get(RealtimeHub).evictSession(leaving.sessionId);
    await expect.poll(() => gone.socket.connected).toBe(false);
    expect(stays.socket.connected).toBe(true);
    api.app.get(RealtimeHub).evictAccount(staying.accountId);
    await expect.poll(() => stays.socket.connected).toBe(false);
  });

  it('ends when its access token expires', async () => {
    const shortLived = await startIngestApp(database.url, { JWT_ACCESS_EXPIRATION: '2s' });
    try {
      const { accessToken } = await signIn(shortLived.app, database.database, id(79_000));
      const client = new Client(accessToken, { url: shortLived.url });
      expect(await client.outcome()).toBe('connected');
      await expect.poll(() => client.socket.connected, { timeout: 10_000 }).toBe(false);
    } finally {
      await shortLived.close();
    }
  });
});

describe('a subscription', () => {
  it('is refused for a guild that does not exist, and exactly so for one that may not be seen', async () => {
    const { accessToken } = await guild.admin();
    const client = new Client(accessToken);
    expect(await client.subscribe(other.id, ['messages'])).toEqual({ ok: false, code: 'not-found' });
    expect(await client.subscribe(id(5), ['messages'])).toEqual({ ok: false, code: 'not-found' });
    await other.store(other.event('message_create', newMessage()));
    expect(client.names()).toEqual([]);
  });

  it.each([
    ['no guild', undefined, ['messages']],
    ['an unknown topic', '1', ['secrets']],
    ['topics that are none', '1', 'messages'],
  ])('is refused with %s', async (_, guildId, topics) => {
    const { accessToken } = await guild.admin();
    expect(await new Client(accessToken).subscribe(guildId, topics)).toEqual({ ok: false, code: 'bad-request' });
  });

  it('delivers what it asked for and nothing else, in versions without a gap', async () => {
    const client = new Client((await guild.admin()).accessToken);
    const result = await client.subscribe(guild.id, ['messages']);
    if (!result.ok) throw new Error(result.code);
    let version = result.versions.messages ?? Number.NaN;
    await guild.store(guild.event('message_create', newMessage()), guild.event('role_create', role(guild.own(7))));
    await guild.store(
      guild.event('message_create', newMessage()),
      guild.event('message_delete', { id: id(1), channelId: id(2) }),
    );
    await expect.poll(() => client.received.flatMap(({ payload }) => payload.items)).toHaveLength(3);
    for (const { payload } of client.received) {
      expect(payload).toMatchObject({ guildId: guild.id, topic: 'messages', previousVersion: version, skipped: 0 });
      ({ version } = payload);
    }
    expect(await client.subscribe(guild.id, ['messages'])).toEqual({ ok: true, versions: { messages: version } });
  });

  it('replaces what was joined for its guild before', async () => {
    const client = new Client((await guild.admin()).accessToken);
    await client.subscribe(guild.id, ['messages']);
    await client.subscribe(guild.id, ['roles']);
    await guild.store(guild.event('message_create', newMessage()), guild.event('role_create', role(guild.own(8))));
    await expect.poll(() => client.names()).toEqual(['role.created']);
  });

  it('hears of a flood in one emission that says how much it left out', async () => {
    const client = new Client((await guild.admin()).accessToken);
    await client.subscribe(guild.id, ['messages']);
    await guild.store(...Array.from({ length: 450 }, () => guild.event('message_create', newMessage())));
    await expect.poll(() => client.received).toHaveLength(1);
    expect(client.received[0]?.payload).toMatchObject({ skipped: 350 });
    expect(client.received[0]?.payload.items).toHaveLength(100);
  });
});

describe('access that is lost on Discord', () => {
  const losses: [string, (own: TestGuild, discordId: Snowflake) => unknown][] = [
    ['the member loses the role', (own, discordId) => own.event('member_update', member(discordId))],
    ['the role loses the permission', (own) => own.event('role_update', role(own.admins))],
    ['the role is deleted', (own) => own.event('role_delete', { id: own.admins })],
    ['the member leaves', (own, discordId) => own.event('member_remove', { user: member(discordId).user })],
    ['the bot is removed', (own) => own.event('guild_delete', { id: own.id })],
  ];

  it.each(losses)('is lost here when %s', async (_, loss) => {
    const admin = await guild.admin();
    const client = new Client(admin.accessToken);
    expect(await client.subscribe(guild.id, ['guild', 'messages', 'members'])).toMatchObject({ ok: true });
    await guild.store(loss(guild, admin.discordId));
    await expect.poll(() => client.names()).toContain(REALTIME_REVOKED_EVENT);
    expect(client.received.find(({ name }) => name === REALTIME_REVOKED_EVENT)?.payload).toEqual({ guildId: guild.id });
    const before = client.received.length;
    await guild.store(guild.event('message_create', newMessage()));
    expect(await client.subscribe(guild.id, ['messages'])).toEqual({ ok: false, code: 'not-found' });
    expect(client.received).toHaveLength(before);
  });

  it('leaves the others where they are', async () => {
    const [losing, keeping] = [await guild.admin(), await guild.admin()];
    const [loser, keeper] = [new Client(losing.accessToken), new Client(keeping.accessToken)];
    await Promise.all([loser, keeper].map((client) => client.subscribe(guild.id, ['messages'])));
    await guild.store(guild.event('member_update', member(losing.discordId)));
    await expect.poll(() => loser.names()).toEqual([REALTIME_REVOKED_EVENT]);
    await guild.store(guild.event('message_create', newMessage()));
    await expect.poll(() => keeper.names()).toEqual(['message.created']);
  });
});
