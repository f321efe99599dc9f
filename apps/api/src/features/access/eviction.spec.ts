import { REALTIME_NAMESPACE, REALTIME_REVOKED_EVENT, type SubscribeResult } from '@guildhall/contracts';
import { schema } from '@guildhall/database';
import { io, type Socket } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { event, member, TestLane, user } from '../../../testing/bot-events.js';
import { DiscordStage } from '../../../testing/discord-stage.js';
import { signIn } from '../../../testing/people.js';

let stage: DiscordStage;
const sockets: Socket[] = [];

beforeAll(async () => {
  stage = await DiscordStage.set(inject('postgresUrl'));
});
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.disconnect();
});
afterAll(() => stage?.strike());

/** A dashboard that watches topics of the guild. */
class Dashboard {
  readonly received: { name: string; payload: { items?: object[] } }[] = [];

  private constructor(private readonly socket: Socket) {
    socket.onAny((name: string, payload: { items?: object[] }) => this.received.push({ name, payload }));
  }

  static async open(token: string): Promise<Dashboard> {
    const socket = io(`${stage.api.url}${REALTIME_NAMESPACE}`, {
      auth: { token },
      transports: ['websocket'],
      reconnection: false,
    });
    sockets.push(socket);
    await new Promise<void>((resolve, reject) => {
      socket.on('connect', resolve);
      socket.on('connect_error', reject);
    });
    return new Dashboard(socket);
  }

  async watch(...topics: string[]): Promise<SubscribeResult> {
    const answer: unknown = await this.socket
      .timeout(5_000)
      .emitWithAck('subscribe', { guildId: stage.guildId, topics });
    return answer as SubscribeResult;
  }

  /** Without the members that joined while the stage was set: floods of them are told a moment later. */
  get names(): string[] {
    return this.received.map(({ name }) => name).filter((name) => name !== 'member.joined');
  }
}

const put = (role: 'lead' | 'moderator' | 'fan', body: object) =>
  stage.as('owner', 'PUT', `/api/GUILD/access/roles/${stage.roles[role]}`, {
    set: null,
    granted: [],
    removed: [],
    ...body,
  });

/** A change that everybody sees who watches the members. */
async function renameSomebody(nickname: string): Promise<void> {
  const told = member(stage.people.newcomer, { user: user(stage.people.newcomer, { username: 'newcomer' }), nickname });
  await stage.api.ingest.store(new TestLane().batch(event('member_update', stage.guildId, told)), 'guildhall');
}

describe('a dashboard', () => {
  it('is put out of what its person may not see any more, and hears no more of it', async () => {
    const [evicted, other] = [
      await Dashboard.open(await stage.tokenOf('moderator')),
      await Dashboard.open(await stage.tokenOf('owner')),
    ];
    expect(await evicted.watch('members', 'guild')).toMatchObject({ ok: true });
    expect(await other.watch('members', 'guild')).toMatchObject({ ok: true });

    expect((await put('moderator', { set: 'moderator', removed: ['members.read'] })).status).toBe(200);
    await expect.poll(() => evicted.names, { timeout: 5_000 }).toEqual([REALTIME_REVOKED_EVENT]);
    expect((await stage.as('moderator', 'GET', 'GUILD/members')).status).toBe(403);
    expect(await evicted.watch('members')).toEqual({ ok: false, code: 'missing-capability' });

    await renameSomebody('unseen');
    await expect.poll(() => other.names, { timeout: 5_000 }).toEqual(['member.updated']);
    expect(evicted.names).toEqual([REALTIME_REVOKED_EVENT]);
    await put('moderator', { set: 'moderator' });
  });

  it('of somebody who was invited goes with the invitation', async () => {
    const guest = await signIn(stage.api.app, stage.database.database, null);
    const { accountId } = guest;
    await stage.database.database
      .insert(schema.guildPeople)
      .values({ guildId: stage.guildId, accountId, capabilities: ['members.read'] });
    const dashboard = await Dashboard.open(guest.accessToken);
    expect(await dashboard.watch('members')).toMatchObject({ ok: true });
    expect((await stage.as('owner', 'DELETE', `/api/GUILD/access/people/${accountId}`)).status).toBe(204);
    await expect.poll(() => dashboard.names, { timeout: 5_000 }).toEqual([REALTIME_REVOKED_EVENT]);
    expect(await dashboard.watch('guild')).toEqual({ ok: false, code: 'not-found' });
  });

  it('stays where a change takes nothing from its person', async () => {
    const dashboard = await Dashboard.open(await stage.tokenOf('lead'));
    expect(await dashboard.watch('members')).toMatchObject({ ok: true });
    await put('fan', { set: 'member', granted: ['bans.read'] });
    await renameSomebody('seen');
    await expect.poll(() => dashboard.names, { timeout: 5_000 }).toEqual(['member.updated']);
  });

  it('of those who decide about access hears of each change of it', async () => {
    const [owner, moderator] = [
      await Dashboard.open(await stage.tokenOf('owner')),
      await Dashboard.open(await stage.tokenOf('moderator')),
    ];
    expect(await owner.watch('access', 'settings')).toMatchObject({ ok: true });
    expect(await moderator.watch('access')).toEqual({ ok: false, code: 'missing-capability' });
    expect(await moderator.watch('settings')).toMatchObject({ ok: true });

    await put('fan', { set: 'member' });
    const draft = { email: 'camille@example.org', capabilities: ['members.read'] };
    const { id } = (await (await stage.as('owner', 'POST', '/api/GUILD/access/invitations', draft)).json()) as {
      id: string;
    };
    await stage.as('owner', 'DELETE', `/api/GUILD/access/invitations/${id}`);
    await stage.as('owner', 'PATCH', '/api/GUILD/settings', { prefix: '?' });

    await expect
      .poll(() => owner.received.map(({ name, payload }) => [name, payload.items?.[0]]), { timeout: 5_000 })
      .toMatchObject([
        ['access.updated', { id: stage.roles.fan, of: 'role' }],
        ['invitation.created', { id, state: 'open' }],
        ['invitation.updated', { id, state: 'revoked' }],
        ['settings.updated', { id: stage.guildId, prefix: '?', version: 1 }],
      ]);
    await expect.poll(() => moderator.names, { timeout: 5_000 }).toEqual(['settings.updated']);
  });

  it('goes when the owner deletes the data of the guild', async () => {
    const dashboard = await Dashboard.open(await stage.tokenOf('administrator'));
    expect(await dashboard.watch('members')).toMatchObject({ ok: true });
    expect((await stage.as('owner', 'DELETE', '/api/GUILD/data', { confirm: 'Volta' })).status).toBe(202);
    await expect.poll(() => dashboard.names, { timeout: 5_000 }).toEqual([REALTIME_REVOKED_EVENT]);
  });
});
