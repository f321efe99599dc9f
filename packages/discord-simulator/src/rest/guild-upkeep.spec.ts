import { GatewayIntentBits as Intent, PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import { Events } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { demoApplication } from '../index.js';
import { Bench, BOT_PERMISSIONS } from '../../testing/bench.js';

const DAY_MS = 86_400_000;
const START = new Date('2026-03-01T12:00:00Z');

let bench: Bench;
let path: string;
beforeEach(async () => {
  bench = await Bench.start({ botPermissions: BOT_PERMISSIONS | Permission.ManageGuild, startAt: START });
  path = `/guilds/${bench.guildId}`;
});
afterEach(() => bench.close());

const lastEntry = () => bench.control.guilds()[0]!.auditLog.at(-1)!;

describe('pruning', () => {
  let role: string;
  beforeEach(() => {
    role = bench.control.createRole(bench.guildId, { name: 'Regular', position: 0 }).id;
    bench.person('idle');
    bench.person('regular', [role]);
    const writer = bench.person('writer');
    const online = bench.person('online');
    bench.control.advance(10 * DAY_MS);
    bench.person('newcomer');
    bench.control.sendMessage(writer, bench.channelId, 'still here');
    bench.control.setPresence(online, { status: 'idle' });
  });

  const count = (query: string) => bench.json(bench.rest('GET', `${path}/prune${query}`));
  const usernames = () => {
    const ids = [...bench.control.guilds()[0]!.members.keys()];
    return bench.control.users().flatMap(({ id, username }) => (ids.includes(id) ? [username] : []));
  };

  it('counts who gave no sign of life for some days and has no other role', async () => {
    expect(await count('')).toEqual({ pruned: 1 });
    expect(await count('?days=10')).toEqual({ pruned: 0 });
    expect(await count(`?days=9&include_roles=${role}`)).toEqual({ pruned: 2 });
  });

  it('removes them under one entry of the audit log', async () => {
    const prune = bench.rest('POST', `${path}/prune`, { days: 7, include_roles: [role] });
    expect(await bench.json(prune)).toEqual({ pruned: 2 });
    expect(usernames()).not.toContain('idle');
    expect(usernames()).toEqual(expect.arrayContaining(['owner', 'writer', 'online', 'newcomer']));
    expect(lastEntry()).toMatchObject({
      actionType: 21,
      targetId: null,
      options: { delete_member_days: '7', members_removed: '2' },
    });
    const uncounted = bench.rest('POST', `${path}/prune`, { compute_prune_count: false });
    expect(await bench.json(uncounted)).toEqual({ pruned: null });
  });

  it.each([
    ['0 days', { days: 0 }, 50_035],
    ['31 days', { days: 31 }, 50_035],
    ['101 roles', { include_roles: Array.from({ length: 101 }, () => '1') }, 50_035],
    ['a role that does not exist', { include_roles: ['1'] }, 10_011],
  ])('refuses %s', async (_what, body, code) => {
    const before = usernames();
    expect((await bench.refusal(bench.rest('POST', `${path}/prune`, body)))[1]).toBe(code);
    expect(
      (await bench.refusal(bench.rest('GET', `${path}/prune?${String(new URLSearchParams(body as never))}`)))[1],
    ).toBe(code);
    expect(usernames()).toEqual(before);
  });

  it('is for administrators where the guild wants that', async () => {
    bench.control.updateGuild(bench.guildId, { settings: { features: ['PRUNE_REQUIRES_ADMIN'] } });
    expect(await bench.refusal(bench.rest('POST', `${path}/prune`))).toEqual([403, 50_013]);
  });
});

describe('integrations', () => {
  it('are the bots of the guild, which go with them', async () => {
    const client = await bench.login({ intents: [Intent.Guilds, Intent.GuildIntegrations] });
    const gone = new Promise<void>((resolve) => client.once(Events.GuildDelete, () => resolve()));
    const told = new Promise<void>((resolve) => client.once(Events.GuildIntegrationsUpdate, () => resolve()));
    const [integration, ...others] = await bench.json<{ id: string }[]>(bench.rest('GET', `${path}/integrations`));
    expect(integration).toMatchObject({ type: 'discord', application: { id: demoApplication.id } });
    expect(others).toEqual([]);
    expect(await bench.refusal(bench.rest('DELETE', `${path}/integrations/1`))).toEqual([404, 10_005]);
    expect((await bench.rest('DELETE', `${path}/integrations/${integration!.id}`)).status).toBe(204);
    await Promise.all([told, gone]);
    const [guild] = bench.control.guilds();
    expect([guild!.members.has(demoApplication.id), guild!.roles.has(integration!.id)]).toEqual([false, false]);
    expect(guild!.auditLog.at(-1)).toMatchObject({ actionType: 82, targetId: integration!.id });
  });
});

describe('incident actions', () => {
  const pause = (body: object) => bench.rest('PUT', `${path}/incident-actions`, body);
  const inHours = (hours: number) => new Date(START.getTime() + hours * 3_600_000).toISOString();
  const incidents = async () => (await bench.json(bench.rest('GET', path)))['incidents_data'];

  it('last a day at most, and end by themselves', async () => {
    const until = inHours(24);
    expect(await bench.json(pause({ invites_disabled_until: until }))).toEqual({
      invites_disabled_until: until,
      dms_disabled_until: null,
    });
    bench.control.advance(23 * 3_600_000);
    expect(await incidents()).toMatchObject({ invites_disabled_until: until });
    bench.control.advance(3_600_000);
    expect(await incidents()).toBeNull();
  });

  it('keep people out who follow an invite', async () => {
    const { code } = bench.control.createInvite(bench.ownerId, { channelId: bench.channelId, maxAgeSeconds: 0 });
    const { id } = bench.control.createUser({ username: 'guest' });
    await bench.json(pause({ invites_disabled_until: inHours(1) }));
    expect(() => bench.control.followInvite(id, code)).toThrow('paused');
    bench.control.advance(3_600_000);
    expect(bench.control.followInvite(id, code).userId).toBe(id);
  });

  it('can be taken back', async () => {
    await bench.json(pause({ dms_disabled_until: inHours(1) }));
    await bench.json(pause({ dms_disabled_until: null }));
    expect(await incidents()).toBeNull();
  });

  it.each([
    ['in the past', -1],
    ['beyond a day', 24.001],
  ])('refuses an end %s', async (_when, hours) => {
    expect(await bench.refusal(pause({ dms_disabled_until: inHours(hours) }))).toEqual([400, 50_035]);
    expect(await incidents()).toBeNull();
  });
});

it('lists voice regions, and a vanity code where there is one', async () => {
  const regions = await bench.json(bench.rest('GET', `${path}/regions`));
  expect(regions).toEqual(expect.arrayContaining([expect.objectContaining({ id: 'rotterdam' })]));
  expect(await bench.json(bench.rest('GET', `${path}/vanity-url`))).toEqual({ code: null, uses: 0 });
  bench.control.updateGuild(bench.guildId, { settings: { vanityCode: 'bench' } });
  expect(await bench.json(bench.rest('GET', `${path}/vanity-url`))).toEqual({ code: 'bench', uses: 0 });
});

it.each([
  ['GET', '/prune'],
  ['POST', '/prune'],
  ['GET', '/integrations'],
  ['DELETE', '/integrations/1'],
  ['PUT', '/incident-actions'],
  ['GET', '/vanity-url'],
  ['GET', '/widget'],
  ['PATCH', '/widget'],
  ['GET', '/templates'],
  ['POST', '/templates'],
  ['PUT', '/templates/1'],
  ['PATCH', '/templates/1'],
  ['DELETE', '/templates/1'],
  ['GET', '/welcome-screen'],
  ['PATCH', '/welcome-screen'],
  ['PUT', '/onboarding'],
])('lets nobody %s %s without Manage Guild', async (method, rest) => {
  const weak = await Bench.start();
  const body = method === 'GET' || method === 'DELETE' ? undefined : {};
  expect(await weak.refusal(weak.rest(method, `/guilds/${weak.guildId}${rest}`, body))).toEqual([403, 50_013]);
  await weak.close();
});
