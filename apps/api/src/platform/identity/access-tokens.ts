import { createHash } from 'node:crypto';
import { platformRoleSchema, type PlatformRole } from '@guildhall/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { errors, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import { API_CONFIG } from '../config/config.module.js';
import { Clock } from '../clock.js';
import { durationSeconds, type ApiConfig } from '../../config.js';
import { DomainError } from '../problems/domain-error.js';

const ALGORITHM = 'HS256';
const ISSUER = 'guildhall';
const AUDIENCE = 'guildhall-api';

const claimsSchema = z.object({
  sub: z.uuid(),
  sid: z.uuid(),
  role: platformRoleSchema,
  exp: z.number(),
});

/** What an access token says: who, by which sign-in, until when. */
export interface AccessClaims {
  accountId: string;
  sessionId: string;
  role: PlatformRole;
  expiresAt: Date;
}

/** Signs and reads access tokens. */
@Injectable()
export class AccessTokens {
  readonly lifetimeSeconds: number;
  private readonly key: Uint8Array;
  /** Names the key without telling it, so that tokens of an earlier secret are known as such. */
  private readonly keyId: string;

  constructor(
    @Inject(API_CONFIG) config: ApiConfig,
    private readonly clock: Clock,
  ) {
    this.key = new TextEncoder().encode(config.JWT_SECRET);
    this.keyId = createHash('sha256').update(`kid:${config.JWT_SECRET}`).digest('hex').slice(0, 16);
    this.lifetimeSeconds = durationSeconds(config.JWT_ACCESS_EXPIRATION);
  }

  async sign({ accountId, sessionId, role }: Omit<AccessClaims, 'expiresAt'>): Promise<string> {
    const issuedAt = Math.floor(this.clock.now().getTime() / 1000);
    return new SignJWT({ sid: sessionId, role })
      .setProtectedHeader({ alg: ALGORITHM, kid: this.keyId, typ: 'JWT' })
      .setSubject(accountId)
      .setIssuer(ISSUER)
      .setAudience(AUDIENCE)
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + this.lifetimeSeconds)
      .sign(this.key);
  }

  /**
   * Reads a token's claims; whether its session still stands is another question.
   * @throws DomainError `token-expired`, or `unauthenticated` for every token that is not ours
   */
  async read(token: string): Promise<AccessClaims> {
    try {
      const { payload } = await jwtVerify(token, ({ kid }) => this.keyOf(kid), {
        algorithms: [ALGORITHM],
        issuer: ISSUER,
        audience: AUDIENCE,
        currentDate: this.clock.now(),
      });
      const { sub, sid, role, exp } = claimsSchema.parse(payload);
      return { accountId: sub, sessionId: sid, role, expiresAt: new Date(exp * 1000) };
    } catch (error) {
      if (error instanceof errors.JWTExpired) {
        throw new DomainError('token-expired', { detail: 'Refresh the access token, then try again.' });
      }
      throw new DomainError('unauthenticated', {
        detail: 'The access token is not valid. Sign in again.',
        cause: error,
      });
    }
  }

  private keyOf(keyId: string | undefined): Uint8Array {
    if (keyId !== this.keyId) throw new errors.JWKSNoMatchingKey();
    return this.key;
  }
}
