import { createHmac } from 'node:crypto';
import { SignJWT, UnsecuredJWT } from 'jose';
import { beforeEach, describe, expect, it } from 'vitest';
import { SetClock, TEST_JWT_SECRET } from '../../../testing/api.js';
import { newId } from '../ids.js';
import { testConfig } from '../../../testing/api.js';
import { AccessTokens } from './access-tokens.js';

const config = testConfig('postgres://localhost/none', { JWT_SECRET: TEST_JWT_SECRET });
const claims = { accountId: newId(), sessionId: newId(), role: 'USER' } as const;
const key = new TextEncoder().encode(TEST_JWT_SECRET);

describe('AccessTokens', () => {
  let clock: SetClock;
  let tokens: AccessTokens;

  beforeEach(() => {
    clock = new SetClock();
    tokens = new AccessTokens(config, clock);
  });

  /** A token of ours, taken apart to be changed. */
  async function parts() {
    const [header, payload, signature] = (await tokens.sign(claims)).split('.');
    return { header: decode(header!), payload: decode(payload!), signature: signature! };
  }

  function decode(part: string): Record<string, unknown> {
    return JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>;
  }

  function encode(part: object): string {
    return Buffer.from(JSON.stringify(part)).toString('base64url');
  }

  /** A token signed with our own key whose header and claims are as given. */
  async function signed(header: object, payload: object): Promise<string> {
    const body = `${encode(header)}.${encode(payload)}`;
    return `${body}.${createHmac('sha256', TEST_JWT_SECRET).update(body).digest('base64url')}`;
  }

  async function expectRefused(token: string): Promise<void> {
    await expect(tokens.read(token)).rejects.toMatchObject({ code: 'unauthenticated' });
  }

  it('reads what it signed, with as few claims as will do', async () => {
    const { header, payload } = await parts();
    expect(header).toEqual({ alg: 'HS256', kid: expect.stringMatching(/^[0-9a-f]{16}$/), typ: 'JWT' });
    expect(Object.keys(payload).toSorted()).toEqual(['aud', 'exp', 'iat', 'iss', 'role', 'sid', 'sub']);
    expect(Number(payload['exp']) - Number(payload['iat'])).toBe(900);
    expect(await tokens.read(await tokens.sign(claims))).toMatchObject(claims);
  });

  it('takes a token of its own making apart and together again', async () => {
    const { header, payload } = await parts();
    expect(await tokens.read(await signed(header, payload))).toMatchObject(claims);
  });

  it('says when a token has expired', async () => {
    const token = await tokens.sign(claims);
    clock.pass(899);
    await tokens.read(token);
    clock.pass(2);
    await expect(tokens.read(token)).rejects.toMatchObject({ code: 'token-expired' });
  });

  it('refuses a changed payload or signature', async () => {
    const { header, payload, signature } = await parts();
    await expectRefused([encode(header), encode({ ...payload, role: 'ADMIN' }), signature].join('.'));
    await expectRefused([encode(header), encode(payload), signature.slice(1)].join('.'));
    await expectRefused([encode(header), encode(payload), ''].join('.'));
  });

  it('refuses the algorithm "none"', async () => {
    const { header, payload } = await parts();
    await expectRefused(new UnsecuredJWT(payload).encode());
    await expectRefused(`${encode({ ...header, alg: 'none' })}.${encode(payload)}.`);
  });

  it('refuses another algorithm with the right key', async () => {
    const { header, payload } = await parts();
    await expectRefused(await new SignJWT(payload).setProtectedHeader({ ...header, alg: 'HS512' }).sign(key));
  });

  it('refuses a key it does not know, and none at all', async () => {
    const { header, payload } = await parts();
    await expectRefused(await signed({ ...header, kid: 'another' }, payload));
    await expectRefused(await signed({ alg: 'HS256' }, payload));
  });

  it('refuses a token of another installation', async () => {
    const other = new AccessTokens({ ...config, JWT_SECRET: 'another-secret-of-32-characters-or-more' }, clock);
    await expectRefused(await other.sign(claims));
  });

  it('refuses a token for something else', async () => {
    const { header, payload } = await parts();
    await expectRefused(await signed(header, { ...payload, aud: 'somebody-else' }));
    await expectRefused(await signed(header, { ...payload, iss: 'somebody-else' }));
    await expectRefused(await signed(header, { ...payload, role: 'GOD' }));
    const { exp: _exp, ...endless } = payload;
    await expectRefused(await signed(header, endless));
  });

  it.each(['', 'x', 'a.b.c', 'null', '{}', `${'a'.repeat(5000)}.b.c`])('refuses %j', async (token) => {
    await expectRefused(token);
  });
});
