import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Bench } from '../../testing/bench.js';
import { demoApplication } from '../index.js';

const VERIFIER = 'a-verifier-that-is-long-enough-for-the-rfc-7636';
const REDIRECT_URI = demoApplication.redirectUris[0]!;

describe('OAuth2', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await Bench.start({ startAt: new Date('2026-03-01T12:00:00Z') });
  });
  afterEach(() => bench.close());

  function authorizeUrl(changes: Record<string, string> = {}): string {
    const query = new URLSearchParams({
      client_id: demoApplication.id,
      redirect_uri: REDIRECT_URI,
      response_type: 'code',
      scope: 'identify guilds email',
      state: 'the-state',
      code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
      code_challenge_method: 'S256',
      ...changes,
    });
    return `${bench.simulator.url}/oauth2/authorize?${query}`;
  }

  async function decide(form: Record<string, string>): Promise<URL> {
    const response = await fetch(authorizeUrl(), {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams(form),
    });
    expect(response.status).toBe(302);
    return new URL(response.headers.get('location')!);
  }

  const authorize = async () =>
    (await decide({ person: bench.ownerId, decision: 'authorize' })).searchParams.get('code')!;

  async function token(form: Record<string, string>) {
    const credentials = { client_id: demoApplication.id, client_secret: demoApplication.clientSecret };
    const response = await fetch(`${bench.simulator.apiUrl}/oauth2/token`, {
      method: 'POST',
      body: new URLSearchParams({ ...credentials, ...form }),
    });
    return { status: response.status, body: (await response.json()) as Record<string, string> };
  }

  const exchange = (code: string, verifier = VERIFIER) =>
    token({ grant_type: 'authorization_code', code, redirect_uri: REDIRECT_URI, code_verifier: verifier });

  const asPerson = (accessToken: string, path: string) =>
    fetch(`${bench.simulator.apiUrl}/v10${path}`, { headers: { authorization: `Bearer ${accessToken}` } });

  it('lets a person sign in and shows their profile and guilds', async () => {
    const page = await (
      await fetch(authorizeUrl(), { headers: { 'accept-language': 'fr-FR,fr;q=0.9,en;q=0.8' } })
    ).text();
    expect(page).toContain('Autoriser');
    expect(page).toContain('The Owner');
    const { status, body } = await exchange(await authorize());
    expect(status).toBe(200);
    expect(await (await asPerson(body['access_token']!, '/users/@me')).json()).toMatchObject({
      id: bench.ownerId,
      locale: 'fr',
      email: 'owner@example.com',
    });
    expect(await (await asPerson(body['access_token']!, '/users/@me/guilds')).json()).toMatchObject([
      { id: bench.guildId, owner: true },
    ]);
  });

  it('gives the state back', async () => {
    expect((await decide({ person: bench.ownerId, decision: 'authorize' })).searchParams.get('state')).toBe(
      'the-state',
    );
  });

  it('lets a code live for ten minutes, and a token for a week', async () => {
    const [early, late] = [await authorize(), await authorize()];
    bench.control.advance(600_000);
    const { status, body } = await exchange(early);
    expect(status).toBe(200);
    bench.control.advance(1);
    expect(await exchange(late)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    const profile = () => asPerson(body['access_token']!, '/users/@me');
    bench.control.advance(Number(body['expires_in']) * 1_000 - 2_000);
    expect((await profile()).status).toBe(200);
    bench.control.advance(2_000);
    expect((await profile()).status).toBe(401);
    expect(await (await profile()).json()).toEqual({ message: '401: Unauthorized', code: 0 });
    const renewed = await token({ grant_type: 'refresh_token', refresh_token: body['refresh_token']! });
    expect(renewed).toMatchObject({ status: 200, body: { token_type: 'Bearer', scope: 'identify guilds email' } });
  });

  it.each<[fault: string, form: Record<string, string>, error: string]>([
    ['another redirect URI', { redirect_uri: 'https://evil.example/' }, 'invalid_grant'],
    ['no verifier', { code_verifier: '' }, 'invalid_grant'],
    ['an unknown code', { code: 'made-up' }, 'invalid_grant'],
    ['a grant nobody knows', { grant_type: 'password' }, 'unsupported_grant_type'],
  ])('refuses %s at the exchange', async (_fault, form, error) => {
    const code = await authorize();
    const whole = { grant_type: 'authorization_code', code, redirect_uri: REDIRECT_URI, code_verifier: VERIFIER };
    expect(await token({ ...whole, ...form })).toMatchObject({ status: 400, body: { error } });
  });

  it('says which answer lacks what', async () => {
    expect(await token({ grant_type: 'authorization_code' })).toMatchObject({
      status: 400,
      body: { error: 'invalid_request' },
    });
    expect(await token({ grant_type: 'refresh_token', refresh_token: 'made-up' })).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant' },
    });
    expect(await token({ client_id: '1' })).toEqual({ status: 401, body: { error: 'invalid_client' } });
    const { id: client_id, clientSecret: client_secret } = demoApplication;
    const revoke = await fetch(`${bench.simulator.apiUrl}/oauth2/token/revoke`, {
      method: 'POST',
      body: new URLSearchParams({ client_id, client_secret }),
    });
    expect(revoke.status).toBe(400);
    expect(await revoke.json()).toMatchObject({ error: 'invalid_request' });
  });

  it('takes the secret from HTTP Basic too', async () => {
    const code = await authorize();
    const credentials = Buffer.from(`${demoApplication.id}:${demoApplication.clientSecret}`).toString('base64');
    const response = await fetch(`${bench.simulator.apiUrl}/oauth2/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${credentials}` },
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        code,
        redirect_uri: REDIRECT_URI,
        code_verifier: VERIFIER,
      }),
    });
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  it('kills both tokens when the refresh token is revoked', async () => {
    const { access_token = '', refresh_token = '' } = (await exchange(await authorize())).body;
    const { id: client_id, clientSecret: client_secret } = demoApplication;
    await fetch(`${bench.simulator.apiUrl}/oauth2/token/revoke`, {
      method: 'POST',
      body: new URLSearchParams({ client_id, client_secret, token: refresh_token }),
    });
    expect((await asPerson(access_token, '/users/@me')).status).toBe(401);
    expect((await token({ grant_type: 'refresh_token', refresh_token })).body['error']).toBe('invalid_grant');
  });

  it('accepts a code once', async () => {
    const code = await authorize();
    expect((await exchange(code)).status).toBe(200);
    expect(await exchange(code)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  it('refuses a wrong PKCE verifier, and the code is spent', async () => {
    const code = await authorize();
    expect(await exchange(code, 'another')).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    expect((await exchange(code)).status).toBe(400);
  });

  it('refuses a wrong client secret', async () => {
    expect(await token({ grant_type: 'refresh_token', refresh_token: 'x', client_secret: 'wrong' })).toEqual({
      status: 401,
      body: { error: 'invalid_client' },
    });
  });

  it('tells the application that a person declined', async () => {
    const target = await decide({ decision: 'cancel' });
    expect(Object.fromEntries(target.searchParams)).toMatchObject({ error: 'access_denied', state: 'the-state' });
  });

  it('rotates refresh tokens and revokes', async () => {
    const first = (await exchange(await authorize())).body;
    const second = await token({ grant_type: 'refresh_token', refresh_token: first['refresh_token']! });
    expect(second.status).toBe(200);
    expect((await token({ grant_type: 'refresh_token', refresh_token: first['refresh_token']! })).status).toBe(400);
    expect((await asPerson(first['access_token']!, '/users/@me')).status).toBe(401);
    const credentials = { client_id: demoApplication.id, client_secret: demoApplication.clientSecret };
    await fetch(`${bench.simulator.apiUrl}/oauth2/token/revoke`, {
      method: 'POST',
      body: new URLSearchParams({ token: second.body['access_token']!, ...credentials }),
    });
    expect((await asPerson(second.body['access_token']!, '/users/@me')).status).toBe(401);
  });

  it('forgets what a person authorised when they withdraw it', async () => {
    const { access_token = '', refresh_token = '' } = (await exchange(await authorize())).body;
    bench.control.expireAccessTokens(bench.ownerId);
    expect((await asPerson(access_token, '/users/@me')).status).toBe(401);
    const renewed = (await token({ grant_type: 'refresh_token', refresh_token })).body;
    expect((await asPerson(renewed['access_token']!, '/users/@me')).status).toBe(200);
    bench.control.revokeAuthorization(bench.ownerId);
    expect((await asPerson(renewed['access_token']!, '/users/@me')).status).toBe(401);
    expect(await token({ grant_type: 'refresh_token', refresh_token: renewed['refresh_token']! })).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant' },
    });
  });

  it.each([
    ['an unknown client', { client_id: '1' }],
    ['a redirect URI that is not registered', { redirect_uri: 'https://evil.example/' }],
    ['an unknown scope', { scope: 'everything' }],
    ['another response type', { response_type: 'token' }],
  ])('shows an error and never redirects for %s', async (_fault, changes) => {
    const response = await fetch(authorizeUrl(changes), { redirect: 'manual' });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('This sign-in cannot go on');
  });

  it('escapes what people are called', async () => {
    const person = bench.control.createUser({ username: 'x', globalName: '<img src=x onerror=alert(1)>' });
    bench.control.addMember(bench.guildId, person.id);
    const page = await (await fetch(authorizeUrl())).text();
    expect(page).toContain('&#60;img src=x');
    expect(page).not.toContain('<img src=x');
  });
});
