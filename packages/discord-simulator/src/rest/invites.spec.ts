import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GatewayIntentBits as Intent, PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Bench, BOT_PERMISSIONS } from '../../testing/bench.js';
import { demoApplication, startSimulator } from '../index.js';

const startAt = new Date('2026-03-01T12:00:00Z');

interface Invite {
  code: string;
}

describe('invites over REST', () => {
  let bench: Bench;
  let dataDir: string;
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'simulator-'));
    const botPermissions = BOT_PERMISSIONS | Permission.ManageChannels;
    bench = await Bench.start({ startAt, dataDir, botPermissions });
  });
  afterEach(async () => {
    await bench.close();
    await rm(dataDir, { recursive: true });
  });

  const create = (body: object) => bench.json<Invite>(bench.rest('POST', `/channels/${bench.channelId}/invites`, body));
  const guild = () => bench.control.guilds()[0]!;

  it('end at their time, and bots hear of it', async () => {
    const client = await bench.login({ intents: [Intent.Guilds, Intent.GuildInvites] });
    const gone: string[] = [];
    client.on('inviteDelete', (invite) => gone.push(invite.code));
    const [short, forever] = [await create({ max_age: 60 }), await create({ max_age: 0 })];
    bench.control.advance(59_999);
    expect(guild().invites.size).toBe(2);
    bench.control.advance(1);
    expect(await bench.refusal(bench.rest('GET', `/invites/${short.code}`))).toEqual([404, 10_006]);
    bench.control.advance(86_400_000 * 365);
    await expect.poll(() => gone).toEqual([short.code]);
    expect([...guild().invites.keys()]).toEqual([forever.code]);
  });

  it('end at their time after a restart', async () => {
    await create({ max_age: 60 });
    await bench.close();
    const later = new Date(startAt.getTime() + 59_000);
    const again = await startSimulator({ port: 0, seed: 'empty', activity: false, dataDir, startAt: later });
    expect(again.control.guilds()[0]!.invites.size).toBe(1);
    again.control.advance(1_000);
    expect(again.control.guilds()[0]!.invites.size).toBe(0);
    await again.close();
  });

  it('let in the people of a list alone, where there is one', async () => {
    const { code } = await create({ max_age: 0 });
    const [guest, other] = ['guest', 'other'].map((username) => bench.control.createUser({ username }).id);
    const path = `/invites/${code}/target-users`;
    expect(await bench.refusal(bench.rest('GET', path))).toEqual([404, 10_129]);
    expect(await bench.refusal(bench.rest('GET', `${path}/job-status`))).toEqual([404, 10_124]);
    const put = async (csv: string) => {
      const body = new FormData();
      body.set('target_users_file', new Blob([csv], { type: 'text/csv' }), 'people.csv');
      const headers = { authorization: `Bot ${demoApplication.botToken}` };
      return fetch(`${bench.simulator.apiUrl}/v10${path}`, { method: 'PUT', headers, body });
    };
    expect(await bench.refusal(put('user_id\nsomebody'))).toEqual([400, 50_035]);
    expect(await bench.refusal(put('user_id'))).toEqual([400, 50_035]);
    expect(guild().invites.get(code)!.targets).toBeUndefined();
    expect((await put(`user_id\n${guest}\n`)).status).toBe(204);
    expect(await (await bench.rest('GET', path)).text()).toBe(`user_id\n${guest}`);
    expect(await bench.json(bench.rest('GET', `${path}/job-status`))).toMatchObject({ status: 2, total_users: 1 });
    expect(() => bench.control.followInvite(other!, code)).toThrow('This invite is for others');
    bench.control.followInvite(guest!, code);
    expect(guild().members.has(guest!)).toBe(true);
    expect(guild().invites.get(code)!.uses).toBe(1);
  });

  it('are made with the list of those they let in', async () => {
    const body = new FormData();
    body.set('payload_json', JSON.stringify({ max_age: 0 }));
    body.set('target_users_file', new Blob([bench.ownerId]), 'people.csv');
    const headers = { authorization: `Bot ${demoApplication.botToken}` };
    const url = `${bench.simulator.apiUrl}/v10/channels/${bench.channelId}/invites`;
    const { code } = await bench.json<Invite>(fetch(url, { method: 'POST', headers, body }));
    expect(guild().invites.get(code)!.targets!.userIds).toEqual([bench.ownerId]);
    expect((await create({ max_age: 0 })).code).not.toBe(code);
  });

  it.each([
    ['a week and a second', { max_age: 604_801 }],
    ['101 uses', { max_uses: 101 }],
  ])('are refused for %s', async (_limit, body) => {
    expect(await bench.refusal(bench.rest('POST', `/channels/${bench.channelId}/invites`, body))).toEqual([
      400, 50_035,
    ]);
    expect(guild().invites.size).toBe(0);
  });
});
