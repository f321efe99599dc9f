import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Bench } from '../../testing/bench.js';
import { demoApplication, startSimulator } from '../index.js';

/** A picture of one pixel. */
const PNG =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const OTHER = { ...demoApplication, id: '1090000000000000002', botToken: 'another' };

interface Made {
  id: string;
  [field: string]: unknown;
}

describe('applications and bots over REST', () => {
  let bench: Bench;
  let dataDir: string;
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'simulator-'));
    bench = await Bench.start({ dataDir });
  });
  afterEach(async () => {
    await bench.close();
    await rm(dataDir, { recursive: true });
  });

  const path = `/applications/${demoApplication.id}`;
  const get = (url: string) => bench.json(bench.rest('GET', url));

  it('says what it is, and goes on saying it after a restart', async () => {
    const changes = {
      description: 'Runs communities.',
      tags: ['moderation', 'tickets'],
      custom_install_url: 'https://example.com/install',
      install_params: { scopes: ['bot'], permissions: 8 },
      icon: PNG,
    };
    const changed = await bench.json(bench.rest('PATCH', path, changes));
    expect(changed).toMatchObject({
      description: 'Runs communities.',
      tags: ['moderation', 'tickets'],
      custom_install_url: 'https://example.com/install',
      install_params: { scopes: ['bot'], permissions: '8' },
      icon: expect.stringMatching(/^[0-9a-f]{32}$/) as unknown,
    });
    expect(await get('/applications/@me')).toEqual(changed);
    expect(await get(path)).toEqual(changed);
    const icon = await fetch(`${bench.simulator.url}/app-icons/${demoApplication.id}/${String(changed['icon'])}.png`);
    expect(icon.headers.get('content-type')).toBe('image/png');
    await bench.close();
    const again = await startSimulator({ port: 0, seed: 'empty', activity: false, dataDir });
    const headers = { authorization: `Bot ${demoApplication.botToken}` };
    expect(await (await fetch(`${again.apiUrl}/v10${path}`, { headers })).json()).toEqual(changed);
    await again.close();
  });

  it.each<[fault: string, form: object, answer: [number, number]]>([
    ['a description of 401 characters', { description: 'd'.repeat(401) }, [400, 50_035]],
    ['six tags', { tags: ['1', '2', '3', '4', '5', '6'] }, [400, 50_035]],
    ['a tag of 21 characters', { tags: ['t'.repeat(21)] }, [400, 50_035]],
    ['a tag twice', { tags: ['t', 't'] }, [400, 50_035]],
    ['an icon that is none', { icon: 'data:image/png;base64,AAAA' }, [400, 50_035]],
    ['interactions over HTTP', { interactions_endpoint_url: 'https://example.com' }, [501, 0]],
  ])('refuses %s', async (_fault, form, answer) => {
    const before = await get(path);
    expect(await bench.refusal(bench.rest('PATCH', path, { description: 'new', ...form }))).toEqual(answer);
    expect(await get(path)).toEqual(before);
  });

  it('is nobody else’s', async () => {
    const refused = (url: string) => bench.refusal(bench.rest('GET', url));
    expect(await refused('/applications/1')).toEqual([404, 10_002]);
    expect(await refused(`${path}/activity-instances/i-1-2`)).toEqual([404, 0]);
    const foreign = await Bench.start({ application: OTHER });
    const headers = { authorization: `Bot ${OTHER.botToken}` };
    const url = `${foreign.simulator.apiUrl}/v10${path}`;
    expect((await fetch(url, { headers })).status).toBe(404);
    await foreign.close();
  });

  const metadata = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ type: 1, key: `key_${index}`, name: 'Name', description: 'What' }));

  it('asks for five kinds of connections at most', async () => {
    const put = (items: object[]) => bench.rest('PUT', `${path}/role-connections/metadata`, items);
    expect(await bench.json(put(metadata(5)))).toEqual(metadata(5));
    expect(await bench.refusal(put(metadata(6)))).toEqual([400, 50_035]);
    expect(await bench.refusal(put([{ ...metadata(1)[0], key: 'Key' }]))).toEqual([400, 50_035]);
    expect(await get(`${path}/role-connections/metadata`)).toEqual(metadata(5));
  });

  it('gives, consumes and takes away test entitlements, and its bot hears of it', async () => {
    const client = await bench.login();
    const heard: string[] = [];
    client.on('entitlementCreate', ({ id }) => heard.push(`create ${id}`));
    client.on('entitlementUpdate', (_before, { id }) => heard.push(`update ${id}`));
    client.on('entitlementDelete', ({ id }) => heard.push(`delete ${id}`));
    const entitlements = `${path}/entitlements`;
    const give = (body: object) => bench.rest('POST', entitlements, { sku_id: '5', ...body });
    const personal = await bench.json<Made>(give({ owner_id: bench.ownerId, owner_type: 2 }));
    const shared = await bench.json<Made>(give({ owner_id: bench.guildId, owner_type: 1 }));
    expect(shared).toMatchObject({ guild_id: bench.guildId, sku_id: '5', deleted: false });
    expect(await bench.refusal(give({ owner_id: '1', owner_type: 1 }))).toEqual([404, 10_004]);
    expect(await bench.refusal(give({ owner_id: '1', owner_type: 2 }))).toEqual([404, 10_013]);
    expect(await get(`${entitlements}?guild_id=${bench.guildId}`)).toMatchObject([{ id: shared.id }]);
    expect(await get(`${entitlements}?user_id=${bench.ownerId}`)).toMatchObject([{ id: personal.id }]);
    expect(await get(`${entitlements}?limit=1`)).toMatchObject([{ id: shared.id }]);
    expect(await get(`${entitlements}?sku_ids=6`)).toEqual([]);
    expect((await bench.rest('POST', `${entitlements}/${personal.id}/consume`)).status).toBe(204);
    expect(await get(`${entitlements}/${personal.id}`)).toMatchObject({ consumed: true });
    expect((await bench.rest('DELETE', `${entitlements}/${shared.id}`)).status).toBe(204);
    expect(await bench.refusal(bench.rest('GET', `${entitlements}/${shared.id}`))).toEqual([404, 10_029]);
    expect(await get(`${entitlements}?exclude_deleted=false`)).toHaveLength(2);
    await expect
      .poll(() => heard)
      .toEqual([`create ${personal.id}`, `create ${shared.id}`, `update ${personal.id}`, `delete ${shared.id}`]);
  });

  it('lets its bot change its name and face, everywhere at once', async () => {
    const client = await bench.login();
    const names: string[] = [];
    client.on('userUpdate', (_before, user) => names.push(user.username));
    const patch = (body: object) => bench.rest('PATCH', '/users/@me', body);
    const self = await bench.json(patch({ username: 'Butler', avatar: PNG, banner: PNG }));
    expect(self).toMatchObject({ username: 'Butler', bot: true });
    expect(self['avatar']).toMatch(/^[0-9a-f]{32}$/);
    expect(self['banner']).toBe(self['avatar']);
    expect(await get(`/guilds/${bench.guildId}/members/${demoApplication.id}`)).toMatchObject({
      user: { username: 'Butler', avatar: self['avatar'] },
    });
    expect(await bench.json(patch({ avatar: null }))).toMatchObject({ avatar: null, banner: self['banner'] });
    await expect.poll(() => names).toContain('Butler');
    for (const username of ['b', 'b'.repeat(33)])
      expect(await bench.refusal(patch({ username }))).toEqual([400, 50_035]);
    expect(await get('/users/@me')).toMatchObject({ username: 'Butler' });
    expect(await get('/users/@me/connections')).toEqual([]);
  });

  it('lets its bot leave a guild, and list those it is in page by page', async () => {
    const second = bench.control.createGuild({ name: 'Second', ownerId: bench.ownerId });
    const ids = async (query: string) =>
      (await bench.json<Made[]>(bench.rest('GET', `/users/@me/guilds?${query}`))).map(({ id }) => id);
    expect(await ids('')).toEqual([bench.guildId, second.id]);
    expect(await ids('limit=1')).toEqual([bench.guildId]);
    expect(await ids(`after=${bench.guildId}`)).toEqual([second.id]);
    expect(await bench.refusal(bench.rest('GET', '/users/@me/guilds?limit=201'))).toEqual([400, 50_035]);
    const leave = () => bench.rest('DELETE', `/users/@me/guilds/${second.id}`);
    expect((await leave()).status).toBe(204);
    expect(await ids('')).toEqual([bench.guildId]);
    expect(await bench.refusal(leave())).toEqual([404, 10_004]);
    bench.control.transferOwnership(bench.guildId, demoApplication.id);
    expect(await bench.refusal(bench.rest('DELETE', `/users/@me/guilds/${bench.guildId}`))).toEqual([400, 50_055]);
  });
});
