import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { SimulatorContext } from '../context.js';
import { requireScope } from '../rest/access.js';
import type { GrantRecord, UserRecord } from '../state/model.js';
import type { World } from '../state/world.js';
import { userOf } from '../views/users.js';

/** Names the key in tokens and in the list of keys. */
const KEY_ID = 'simulator';
const LIFETIME_SECONDS = 604_800;

let pair: { privateKey: KeyObject; publicKey: KeyObject } | undefined;

/** One key per process, made when it is first needed: what it signs says no more than that this simulator signed it. */
function keys(): { privateKey: KeyObject; publicKey: KeyObject } {
  return (pair ??= generateKeyPairSync('rsa', { modulusLength: 2_048 }));
}

/** @see https://docs.discord.com/developers/topics/oauth2#openid-connect */
export function openIdRoutes(app: FastifyInstance, { world }: SimulatorContext): void {
  app.get('/oauth2/keys', () => {
    const { kty, n, e } = keys().publicKey.export({ format: 'jwk' });
    return { keys: [{ kty, use: 'sig', kid: KEY_ID, n, e, alg: 'RS256' }] };
  });

  app.get('/oauth2/userinfo', (request) => {
    const caller = requireScope(request, 'openid');
    const scopes = caller.kind === 'person' ? caller.grant.scopes : ['identify', 'email'];
    return claimsOf(userOf(world, caller.userId), scopes);
  });
}

/** What is said of a person, as far as they allowed it. */
function claimsOf(user: UserRecord, scopes: readonly string[]): object {
  return {
    sub: user.id,
    ...(scopes.includes('email') ? { email: user.email, email_verified: user.email !== null } : {}),
    ...(scopes.includes('identify')
      ? { preferred_username: user.username, nickname: user.globalName, locale: user.locale }
      : {}),
  };
}

/** Who signed in, signed. @see https://openid.net/specs/openid-connect-core-1_0.html#IDToken */
export function idTokenFor(world: World, grant: GrantRecord, issuer: string): string {
  const issuedAt = Math.floor(world.clock.now() / 1_000);
  const claims = {
    iss: issuer,
    aud: grant.applicationId,
    iat: issuedAt,
    exp: issuedAt + LIFETIME_SECONDS,
    ...claimsOf(userOf(world, grant.userId), grant.scopes),
  };
  const parts = [{ alg: 'RS256', typ: 'JWT', kid: KEY_ID }, claims];
  const signed = parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  const signature = createSign('RSA-SHA256').update(signed).sign(keys().privateKey).toString('base64url');
  return `${signed}.${signature}`;
}
