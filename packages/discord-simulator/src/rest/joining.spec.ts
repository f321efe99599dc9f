import { PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { demoApplication } from '../index.js';
import { Bench, BOT_PERMISSIONS } from '../../testing/bench.js';
import { gif, png } from '../../testing/images.js';

const HOST = BOT_PERMISSIONS | Permission.CreateInstantInvite | Permission.ManageNicknames;
const REDIRECT_URI = demoApplication.redirectUris[0]!;

/** The access token of a person who let the application do what `scope` names. */
async function consent(bench: Bench, person: string, scope: string): Promise<string> {
  const query = { client_id: demoApplication.id, redirect_uri: REDIRECT_URI, response_type: 'code', scope };
  const decided = await fetch(`${bench.simulator.url}/oauth2/authorize?${new URLSearchParams(query)}`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ person, decision: 'authorize' }),
  });
  const form = {
    client_id: demoApplication.id,
    client_secret: demoApplication.clientSecret,
    grant_type: 'authorization_code',
    code: new URL(decided.headers.get('location')!).searchParams.get('code')!,
    redirect_uri: REDIRECT_URI,
  };
  const token = await fetch(`${bench.simulator.apiUrl}/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams(form),
  });
  return ((await token.json()) as { access_token: string }).access_token;
}

describe('adding somebody with their consent', () => {
  let bench: Bench;
  let personId: string;
  let accessToken: string;
  beforeEach(async () => {
    bench = await Bench.start({ botPermissions: HOST });
    personId = bench.control.createUser({ username: 'guest' }).id;
    accessToken = await consent(bench, personId, 'identify guilds.join');
  });
  afterEach(() => bench.close());

  const add = (body: object = {}, userId = personId) =>
    bench.rest('PUT', `/guilds/${bench.guildId}/members/${userId}`, { access_token: accessToken, ...body });
  const isIn = () => bench.control.guilds()[0]!.members.has(personId);

  it('makes a member with nickname and roles, once', async () => {
    const role = bench.control.createRole(bench.guildId, { name: 'Guest', position: 0 });
    const member = await bench.json(add({ nick: 'Visitor', roles: [role.id] }), 201);
    expect(member).toMatchObject({ nick: 'Visitor', roles: [role.id], user: { id: personId } });
    expect((await add()).status).toBe(204);
  });

  it('refuses tokens that do not allow it', async () => {
    expect(await bench.refusal(add({ access_token: 'none' }))).toEqual([400, 50_025]);
    expect(await bench.refusal(add({}, bench.ownerId))).toEqual([400, 50_025]);
    accessToken = await consent(bench, personId, 'identify');
    expect(await bench.refusal(add())).toEqual([403, 50_026]);
    expect(isIn()).toBe(false);
  });

  it('refuses who is banned, who is in 100 guilds, and roles above the bot', async () => {
    const high = bench.control.createRole(bench.guildId, { name: 'High' });
    expect(await bench.refusal(add({ roles: [high.id] }))).toEqual([403, 50_013]);
    for (let index = 0; index < 100; index += 1)
      bench.control.createGuild({ name: `Guild ${index}`, ownerId: personId, withBot: false });
    expect(await bench.refusal(add())).toEqual([400, 30_001]);
    bench.control.ban(bench.guildId, personId);
    expect(await bench.refusal(add())).toEqual([403, 40_007]);
    expect(isIn()).toBe(false);
  });

  it('needs permission to invite', async () => {
    const weak = await Bench.start({ botPermissions: 0n });
    const everyone = weak.control.guilds()[0]!.id;
    weak.control.updateRole(weak.guildId, everyone, { permissions: '0' });
    const refused = weak.rest('PUT', `/guilds/${weak.guildId}/members/${personId}`, { access_token: accessToken });
    expect(await weak.refusal(refused)).toEqual([403, 50_013]);
    await weak.close();
  });
});

describe("the bot's profile in a guild", () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await Bench.start();
  });
  afterEach(() => bench.close());

  const patch = (body: object) => bench.rest('PATCH', `/guilds/${bench.guildId}/members/@me`, body);

  it('has images of its own, which the CDN serves, and can be taken back', async () => {
    const member = await bench.json<{ avatar: string; banner: string }>(
      patch({ avatar: png.dataUri, banner: gif.dataUri, bio: 'I help' }),
    );
    expect(member.banner).toMatch(/^a_/);
    const folder = `${bench.simulator.url}/guilds/${bench.guildId}/users/${demoApplication.id}`;
    const served = await fetch(`${folder}/avatars/${member.avatar}.png`);
    expect(Buffer.from(await served.arrayBuffer())).toEqual(png.content);
    expect((await fetch(`${folder}/banners/${member.banner}.gif`)).headers.get('content-type')).toBe('image/gif');
    expect(await bench.json(patch({ avatar: null }))).toMatchObject({ avatar: null, banner: member.banner });
  });

  it.each([
    ['a biography of 191 characters', { bio: 'x'.repeat(191) }],
    ['a nickname of 33 characters', { nick: 'x'.repeat(33) }],
    ['an avatar that is no image', { avatar: 'avatar.png' }],
  ])('refuses %s', async (_what, body) => {
    expect(await bench.refusal(patch({ banner: png.dataUri, ...body }))).toEqual([400, 50_035]);
    const own = await bench.json(bench.rest('GET', `/guilds/${bench.guildId}/members/${demoApplication.id}`));
    expect(own).toMatchObject({ avatar: null, banner: null, nick: null });
  });
});
