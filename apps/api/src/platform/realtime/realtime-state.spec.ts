import {
  type Ban,
  type DiscordUser,
  type Member,
  type Message,
  REALTIME_NAMESPACE,
  type RealtimeEventName,
  type RealtimePayload,
  type Snowflake,
  type SubscribeResult,
  type Topic,
} from '@guildhall/contracts';
import fc from 'fast-check';
import { io, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { event, id, idAt, member, message, role, snapshot, TestLane, user } from '../../../testing/bot-events.js';
import {
  type IngestApp,
  type MigratedDatabase,
  migratedDatabase,
  startIngestApp,
} from '../../../testing/ingest-app.js';
import { signIn } from '../../../testing/people.js';
import { BansRepository } from '../../features/bans/bans.repository.js';
import { MembersRepository } from '../../features/members/members.repository.js';
import { MessagesRepository } from '../../features/messages/messages.repository.js';

const OWNER = id(900);
const TOPICS = ['messages', 'members', 'roles', 'bans', 'presence', 'guild'] as const satisfies Topic[];

let database: MigratedDatabase;
let api: IngestApp;
let socket: Socket;
let guildCount = 0;
let messageCount = 0;

beforeAll(async () => {
  database = await migratedDatabase(inject('postgresUrl'));
  api = await startIngestApp(database.url);
  const { accessToken } = await signIn(api.app, database.database, OWNER);
  socket = io(`${api.url}${REALTIME_NAMESPACE}`, { auth: { token: accessToken }, transports: ['websocket'] });
});

afterAll(async () => {
  socket?.disconnect();
  await api?.close();
  await database?.close();
});

/** What a page shows, and how it follows the events; it never fetches again. */
class Page {
  messages = new Map<string, Message>();
  members = new Map<string, Member>();
  bans = new Map<string, Ban>();
  statuses = new Map<string, string>();
  channels = new Map<string, string>();
  versions: Partial<Record<Topic, number>> = {};
  problems: string[] = [];

  apply(name: RealtimeEventName, payload: RealtimePayload): void {
    const known = this.versions[payload.topic] ?? 0;
    if (payload.version <= known) return;
    if ((payload.previousVersion ?? payload.version - 1) > known) this.problems.push(`gap before ${payload.version}`);
    if (payload.skipped > 0) this.problems.push(`skipped ${payload.skipped}`);
    this.versions[payload.topic] = payload.version;
    for (const item of payload.items) this.applyItem(name, item);
  }

  private applyItem(name: RealtimeEventName, item: RealtimePayload['items'][number]): void {
    if (name === 'message.created' || name === 'message.updated')
      this.messages.set((item as Message).id, item as Message);
    else if (name === 'message.deleted') this.messages.delete((item as Message).id);
    else if (name === 'member.joined' || name === 'member.updated') this.setMember(item as Member);
    else if (name === 'member.left') this.members.delete((item as { id: string }).id);
    else if (name === 'ban.created') this.bans.set((item as Ban).user.id, item as Ban);
    else if (name === 'ban.lifted') this.bans.delete((item as { id: string }).id);
    else if (name === 'presence.updated') this.setPresence(item as { id: string; status: string });
    else if (name === 'voice.updated') this.setVoice(item as { id: string; channelId: string | null });
  }

  private setPresence({ id: userId, status }: { id: string; status: string }): void {
    if (status === 'offline') this.statuses.delete(userId);
    else this.statuses.set(userId, status);
  }

  private setVoice({ id: userId, channelId }: { id: string; channelId: string | null }): void {
    if (channelId === null) this.channels.delete(userId);
    else this.channels.set(userId, channelId);
  }

  /** Names are shown with messages too. */
  private setMember(changed: Member): void {
    this.members.set(changed.user.id, changed);
    for (const [key, shown] of this.messages) {
      if (shown.author.id === changed.user.id) this.messages.set(key, { ...shown, author: changed.user });
    }
  }

  shown() {
    const byId = (a: string, b: string) => (BigInt(a) < BigInt(b) ? -1 : 1);
    const sorted = (facts: Map<string, string>) => [...facts].sort(([a], [b]) => byId(a, b));
    return {
      // Names are those of the accounts, which no ban brings up to date.
      bans: [...this.bans.values()]
        .map(({ user: { id: userId }, reason, bannedAt }) => ({ userId, reason, bannedAt }))
        .sort((a, b) => byId(a.userId, b.userId)),
      statuses: sorted(this.statuses),
      channels: sorted(this.channels),
      messages: [...this.messages.values()].sort((a, b) => byId(a.id, b.id)),
      members: [...this.members.values()].sort((a, b) => byId(a.user.id, b.user.id)),
    };
  }
}

async function fetched(guildId: Snowflake): Promise<Page> {
  const page = new Page();
  const messages = await new MessagesRepository(database.database).find({ guildId }, { limit: 100 });
  const members = await new MembersRepository(database.database).findPage(guildId, {
    page: 1,
    limit: 100,
    sort: [{ field: 'name', isDescending: false }],
  });
  for (const one of messages) page.messages.set(one.id, one);
  for (const one of members.items) page.members.set(one.user.id, one);
  const bans = await new BansRepository(database.database).findPage(guildId, { page: 1, limit: 100 });
  for (const one of bans.items) page.bans.set(one.user.id, one);
  const presences = await database.pool.query<{ user_id: string; status: string }>(
    `select user_id, status from presences where guild_id = $1 and status <> 'offline'`,
    [guildId],
  );
  for (const row of presences.rows) page.statuses.set(row.user_id, row.status);
  const voice = await database.pool.query<{ user_id: string; channel_id: string }>(
    'select user_id, channel_id from voice_states where guild_id = $1 and channel_id is not null',
    [guildId],
  );
  for (const row of voice.rows) page.channels.set(row.user_id, row.channel_id);
  return page;
}

async function versionsOf(guildId: Snowflake): Promise<Record<string, number>> {
  const { rows } = await database.pool.query<{ topic: string; version: string }>(
    'select topic, version from topic_versions where guild_id = $1',
    [guildId],
  );
  return Object.fromEntries(rows.map(({ topic, version }) => [topic, Number(version)]));
}

type Step =
  | { kind: 'create' | 'edit' | 'delete'; message: number }
  | { kind: 'join' | 'leave' | 'rename'; person: number }
  | { kind: 'ban' | 'unban' | 'show' | 'hide' | 'talk' | 'hush'; person: number }
  | { kind: 'listBans' | 'listPresences' | 'listVoice'; people: number[] }
  | { kind: 'deleteRole'; role: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constantFrom('create', 'edit', 'delete'), message: fc.nat({ max: 5 }) }),
  fc.record({ kind: fc.constantFrom('join', 'leave', 'rename'), person: fc.nat({ max: 3 }) }),
  fc.record({ kind: fc.constantFrom('ban', 'unban', 'show', 'hide', 'talk', 'hush'), person: fc.nat({ max: 3 }) }),
  fc.record({
    kind: fc.constantFrom('listBans', 'listPresences', 'listVoice'),
    people: fc.uniqueArray(fc.nat({ max: 3 })),
  }),
  fc.record({ kind: fc.constant('deleteRole' as const), role: fc.nat({ max: 3 }) }),
);

/** A small community whose steps become the events Discord would send. */
class Community {
  readonly guildId = id(500_000 + guildCount++ * 1_000);
  private readonly lane = new TestLane();
  private readonly firstMessage = messageCount;
  private edits = 0;
  private instants = 0;
  private readonly people: DiscordUser[];

  constructor() {
    messageCount += 10;
    this.people = Array.from({ length: 4 }, (_, n) => user(this.own(n + 10)));
  }

  private own(n: number): Snowflake {
    return id(BigInt(this.guildId) + BigInt(n));
  }

  async store(events: unknown[]): Promise<void> {
    const batch = this.lane.batch(...events);
    expect((await api.ingest.store(batch, 'bot')).last).toBe(batch.last);
  }

  async open(): Promise<void> {
    const roles = [role(this.guildId), ...[0, 1, 2, 3].map((n) => role(this.own(n + 20)))];
    const facts = { ...snapshot(this.guildId).guild, ownerId: OWNER };
    const open = event('guild_sync', this.guildId, snapshot(this.guildId, { guild: facts, roles, channels: [] }));
    await this.store([
      open,
      event('member_add', this.guildId, member(OWNER)),
      ...this.people.map((_, person) => this.eventOf({ kind: 'join', person })),
    ]);
  }

  eventOf(one: Step): unknown {
    switch (one.kind) {
      case 'create':
      case 'edit':
        return this.messageEvent(one.kind, one.message);
      case 'delete':
        return event('message_delete', this.guildId, { id: this.messageId(one.message), channelId: id(501) });
      case 'join':
      case 'rename':
        return this.memberEvent(one.kind, one.person);
      case 'leave':
        return event('member_remove', this.guildId, { user: this.people[one.person]! });
      case 'ban':
      case 'unban':
        return event(
          one.kind === 'ban' ? 'ban_add' : 'ban_remove',
          this.guildId,
          { user: this.people[one.person]! },
          this.now(),
        );
      case 'show':
      case 'hide':
        return event(
          'presence_update',
          this.guildId,
          { presences: [this.presence(one.person, one.kind === 'show')] },
          this.now(),
        );
      case 'talk':
      case 'hush':
        return event('voice_state_update', this.guildId, this.voice(one.person, one.kind === 'talk'), this.now());
      case 'listBans':
      case 'listPresences':
      case 'listVoice':
        return this.listEvent(one.kind, one.people);
      case 'deleteRole':
        return event('role_delete', this.guildId, { id: this.own(one.role + 20) });
    }
  }

  /** Whatever is told is told later than what was told before. */
  private now(): string {
    return new Date(Date.UTC(2026, 10, 20, 12, 0, this.instants++)).toISOString();
  }

  private presence(person: number, isOnline: boolean) {
    return { userId: this.people[person]!.id, status: isOnline ? ('idle' as const) : ('offline' as const) };
  }

  private voice(person: number, isTalking: boolean) {
    const channelId = isTalking ? this.own(30) : null;
    return { userId: this.people[person]!.id, channelId, isMuted: false, isDeafened: false, isStreaming: false };
  }

  private listEvent(kind: 'listBans' | 'listPresences' | 'listVoice', people: number[]): unknown {
    const range = { after: id(0), through: null };
    const at = this.now();
    if (kind === 'listVoice') {
      return event('voice_state_list', this.guildId, { voiceStates: people.map((n) => this.voice(n, true)) }, at);
    }
    if (kind === 'listPresences') {
      const presences = people.map((n) => this.presence(n, true));
      return event('presence_chunk', this.guildId, { ...range, presences }, at);
    }
    const bans = people.map((n) => ({ user: this.people[n]!, reason: 'found' }));
    return event('ban_chunk', this.guildId, { ...range, readAt: at, bans }, at);
  }

  private messageId(n: number): Snowflake {
    return idAt('2026-11-20T06:00:00Z', this.firstMessage + n);
  }

  private messageEvent(kind: 'create' | 'edit', n: number): unknown {
    const editedAt =
      kind === 'edit'
        ? new Date(Date.UTC(2026, 10, 20, 7, 0, this.edits++)).toISOString().replace('Z', '000+00:00')
        : null;
    const attachments =
      kind === 'edit'
        ? [id(32), id(4)].map((one) => ({ id: one, filename: 'f', sizeBytes: 1, contentType: null }))
        : [];
    const content = `${kind} ${this.edits}`;
    // A message has one author for ever.
    const facts = { content, editedAt, attachments, author: this.people[n % 4]! };
    return event(
      kind === 'create' ? 'message_create' : 'message_update',
      this.guildId,
      message(this.messageId(n), facts),
    );
  }

  private memberEvent(kind: 'join' | 'rename', person: number): unknown {
    const known = this.people[person]!;
    const renamed = kind === 'rename' ? { ...known, globalName: `name ${this.edits++}` } : known;
    this.people[person] = renamed;
    const roleIds = [this.own(20 + person), this.own(20 + ((person + 1) % 4))];
    const facts = { user: renamed, roleIds, joinedAt: '2026-05-01T10:00:00.123000+00:00' };
    return event(kind === 'join' ? 'member_add' : 'member_update', this.guildId, member(renamed.id, facts));
  }
}

describe('a page that was fetched once', () => {
  it('shows, after any events, what a fresh fetch would', async () => {
    const batches = fc.array(fc.array(step, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(batches, fc.array(step, { minLength: 1, maxLength: 6 }), async (later, earlier) => {
        const community = new Community();
        await community.open();
        await community.store(earlier.map((one) => community.eventOf(one)));

        const received: [RealtimeEventName, RealtimePayload][] = [];
        // The rooms of the communities before this one are still joined, and their last emissions may come late.
        const listen = (name: RealtimeEventName, payload: RealtimePayload) => {
          if (payload.guildId === community.guildId) received.push([name, payload]);
        };
        socket.onAny(listen);
        const topics: Topic[] = [...TOPICS];
        const result = (await socket.emitWithAck('subscribe', {
          guildId: community.guildId,
          topics,
        })) as SubscribeResult;
        if (!result.ok) throw new Error(result.code);
        const page = await fetched(community.guildId);
        page.versions = result.versions;

        for (const batch of later) await community.store(batch.map((one) => community.eventOf(one)));
        const final = await versionsOf(community.guildId);
        await expect
          .poll(
            () => {
              for (const [name, payload] of received.splice(0)) page.apply(name, payload);
              return page.versions;
            },
            { timeout: 5_000, interval: 20 },
          )
          .toMatchObject(final);
        socket.offAny(listen);

        expect(page.problems).toEqual([]);
        expect(page.shown()).toEqual((await fetched(community.guildId)).shown());
      }),
      { numRuns: 40 },
    );
  }, 60_000);
});
