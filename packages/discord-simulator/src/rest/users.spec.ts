import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Bench } from '../../testing/bench.js';
import { demoApplication } from '../index.js';

describe('what a person’s token opens', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await Bench.start();
  });
  afterEach(() => bench.close());

  /** A person authorises the application; the requests made are theirs. */
  async function personWith(scope: string) {
    const redirect_uri = demoApplication.redirectUris[0]!;
    const query = new URLSearchParams({ client_id: demoApplication.id, redirect_uri, response_type: 'code', scope });
    const decision = await fetch(`${bench.simulator.url}/oauth2/authorize?${query}`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ person: bench.ownerId, decision: 'authorize' }),
    });
    const code = new URL(decision.headers.get('location')!).searchParams.get('code')!;
    const { id: client_id, clientSecret: client_secret } = demoApplication;
    const form = { client_id, client_secret, grant_type: 'authorization_code', code, redirect_uri };
    const answer = await fetch(`${bench.simulator.apiUrl}/oauth2/token`, {
      method: 'POST',
      body: new URLSearchParams(form),
    });
    const tokens = (await answer.json()) as Record<string, string>;
    const authorization = `Bearer ${tokens['access_token']}`;
    const call = (method: string, path: string, body?: object) => bench.rest(method, path, body, { authorization });
    return { call, tokens };
  }

  const application = `/users/@me/applications/${demoApplication.id}`;

  it.each<[path: string, scope: string]>([
    ['/users/@me', 'identify'],
    ['/users/@me/guilds', 'guilds'],
    ['/users/@me/guilds/:guild/member', 'guilds.members.read'],
    ['/users/@me/connections', 'connections'],
    [`${application}/role-connection`, 'role_connections.write'],
    ['/oauth2/userinfo', 'openid'],
  ])('%s with %s alone', async (path, scope) => {
    const url = path.replace(':guild', bench.guildId);
    const other = await personWith(scope === 'identify' ? 'guilds' : 'identify');
    expect(await bench.refusal(other.call('GET', url))).toEqual([403, 50_026]);
    const allowed = await personWith(scope);
    expect((await allowed.call('GET', url)).status).toBe(200);
  });

  it.each([
    ['GET', '/users/1'],
    ['PATCH', '/users/@me'],
    ['DELETE', '/users/@me/guilds/1'],
    ['GET', '/applications/@me'],
    ['GET', '/guilds/:guild'],
    ['GET', '/channels/:channel/messages'],
    ['POST', '/channels/:channel/messages'],
    ['POST', '/stage-instances'],
  ])('never %s %s', async (method, path) => {
    const url = path.replace(':guild', bench.guildId).replace(':channel', bench.channelId);
    const { call } = await personWith('identify guilds email');
    expect(await bench.refusal(call(method, url, method === 'GET' ? undefined : {}))).toEqual([401, 0]);
  });

  it('keeps what the application knows of them elsewhere', async () => {
    const metadata = [{ type: 2, key: 'level', name: 'Level', description: 'How far they came' }];
    await bench.json(bench.rest('PUT', `/applications/${demoApplication.id}/role-connections/metadata`, metadata));
    const { call } = await personWith('role_connections.write');
    const path = `${application}/role-connection`;
    const connection = { platform_name: 'Game', platform_username: 'ada', metadata: { level: '3' } };
    expect(await bench.json(call('PUT', path, connection))).toEqual(connection);
    const refused = (body: object) => bench.refusal(call('PUT', path, body));
    expect(await refused({ metadata: { height: '3' } })).toEqual([400, 50_035]);
    expect(await refused({ platform_name: 'p'.repeat(51) })).toEqual([400, 50_035]);
    expect(await refused({ metadata: { level: '3'.repeat(101) } })).toEqual([400, 50_035]);
    expect(await bench.json(call('GET', path))).toEqual(connection);
    expect((await call('DELETE', path)).status).toBe(204);
    expect(await bench.json(call('GET', path))).toEqual({ platform_username: null, metadata: {} });
    const elsewhere = call('GET', '/users/@me/applications/1/role-connection');
    expect(await bench.refusal(elsewhere)).toEqual([404, 10_002]);
  });

  it('shows what they own of the application', async () => {
    const { call } = await personWith('identify');
    const give = { sku_id: '5', owner_id: bench.ownerId, owner_type: 2 };
    const made = await bench.json(bench.rest('POST', `/applications/${demoApplication.id}/entitlements`, give));
    expect(await bench.json(call('GET', `${application}/entitlements`))).toEqual([made]);
    const consume = `/applications/${demoApplication.id}/entitlements/${String(made['id'])}/consume`;
    await bench.rest('POST', consume);
    expect(await bench.json(call('GET', `${application}/entitlements`))).toEqual([]);
    expect(await bench.json(call('GET', `${application}/entitlements?exclude_consumed=false`))).toMatchObject([
      { consumed: true },
    ]);
  });

  it('says who they are, signed with a key that everybody can read', async () => {
    const { call, tokens } = await personWith('openid identify email');
    expect(await bench.json(call('GET', '/oauth2/userinfo'))).toEqual({
      sub: bench.ownerId,
      email: 'owner@example.com',
      email_verified: true,
      preferred_username: 'owner',
      nickname: 'The Owner',
      locale: 'fr',
    });
    const { keys } = await bench.json<{ keys: JsonWebKey[] }>(bench.rest('GET', '/oauth2/keys'));
    const [header = '', claims = '', signature = ''] = tokens['id_token']!.split('.');
    const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
    const key = await crypto.subtle.importKey('jwk', keys[0]!, algorithm, false, ['verify']);
    const signed = new TextEncoder().encode(`${header}.${claims}`);
    const verify = (bytes: Uint8Array<ArrayBuffer>) =>
      crypto.subtle.verify(algorithm, key, Buffer.from(signature, 'base64url'), bytes);
    expect(await verify(signed)).toBe(true);
    expect(await verify(new TextEncoder().encode(`${header}.${claims}x`))).toBe(false);
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({
      sub: bench.ownerId,
      aud: demoApplication.id,
    });
  });
});
