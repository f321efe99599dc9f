import { createHmac } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { type ApiConfig, durationSeconds } from '../../config.js';
import { API_CONFIG } from '../../platform/config/config.module.js';

/**
 * After this long a person proves again who they are, even if they never went away.
 * @see https://github.com/OWASP/ASVS/blob/v5.0.0/5.0/en/0x16-V7-Session-Management.md 7.3.2
 */
const MAX_SESSION_MS = 30 * 86_400_000;

/** What refresh tokens follow each other, and how long they live. */
@Injectable()
export class RefreshTokens {
  private readonly lifetimeMs: number;
  private readonly successorKey: Buffer;

  constructor(@Inject(API_CONFIG) config: ApiConfig) {
    this.lifetimeMs = durationSeconds(config.JWT_REFRESH_EXPIRATION) * 1000;
    this.successorKey = createHmac('sha256', config.JWT_SECRET).update('refresh token successors').digest();
  }

  /**
   * Every token has one successor, derived under a key that only we have. Two tabs that present the same token at once are
   * thus given the same successor, in whatever order the answers reach the browser, and the family never forks.
   */
  successorOf(refreshToken: string): string {
    return createHmac('sha256', this.successorKey).update(refreshToken).digest('base64url');
  }

  /** When a token given out `now` expires; never later than a sign-in may last, however often it is refreshed. */
  expiryFrom(now: Date, startedAt: Date): Date {
    return new Date(Math.min(now.getTime() + this.lifetimeMs, startedAt.getTime() + MAX_SESSION_MS));
  }
}
