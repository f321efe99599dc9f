import { createHash } from 'node:crypto';

interface Limit {
  limit: number;
  windowMs: number;
}

/** Requests per second of one bot token. @see https://docs.discord.com/developers/topics/rate-limits#global-rate-limit */
const GLOBAL: Limit = { limit: 50, windowMs: 1_000 };
const DEFAULT: Limit = { limit: 50, windowMs: 1_000 };

/** Discord announces its limits only in headers; these are the values long observed there. */
const LIMITS: Record<string, Limit> = {
  'POST /channels/:channelId/messages': { limit: 5, windowMs: 5_000 },
  'PATCH /channels/:channelId/messages/:messageId': { limit: 5, windowMs: 5_000 },
  'DELETE /channels/:channelId/messages/:messageId': { limit: 5, windowMs: 1_000 },
  'POST /channels/:channelId/messages/bulk-delete': { limit: 1, windowMs: 1_000 },
  'PUT /channels/:channelId/messages/:messageId/reactions/:emoji/@me': { limit: 1, windowMs: 250 },
  'DELETE /channels/:channelId/messages/:messageId/reactions/:emoji/@me': { limit: 1, windowMs: 250 },
  'POST /channels/:channelId/typing': { limit: 5, windowMs: 5_000 },
  'GET /guilds/:guildId/members': { limit: 10, windowMs: 10_000 },
  'PATCH /guilds/:guildId/members/:userId': { limit: 10, windowMs: 10_000 },
  'PUT /guilds/:guildId/members/:userId/roles/:roleId': { limit: 10, windowMs: 10_000 },
  'DELETE /guilds/:guildId/members/:userId/roles/:roleId': { limit: 10, windowMs: 10_000 },
};

interface Window {
  used: number;
  resetsAtMs: number;
}

export interface RateLimitState {
  isExceeded: boolean;
  /** Bucket limits are per route and resource, global ones per token. */
  scope: 'user' | 'global';
  limit: number;
  remaining: number;
  resetsAtMs: number;
  bucket: string;
}

export interface LimitedRequest {
  method: string;
  /** The route without its prefix, with parameter names in place of values. */
  route: string;
  params: Record<string, string>;
  caller: string;
  isGloballyLimited: boolean;
}

/** Fixed windows per bucket and caller. @see https://docs.discord.com/developers/topics/rate-limits */
export class RateLimits {
  private readonly windows = new Map<string, Window>();

  constructor(private readonly isEnforced: boolean) {}

  take(request: LimitedRequest): RateLimitState {
    const name = `${request.method} ${request.route}`;
    const limit = LIMITS[name] ?? DEFAULT;
    const { channelId, guildId, token } = request.params;
    const key = `${name} ${channelId ?? guildId ?? token ?? ''} ${request.caller}`;
    const bucket = createHash('md5').update(name).digest('hex');
    if (request.isGloballyLimited) {
      const global = this.count(`global ${request.caller}`, GLOBAL);
      if (this.isEnforced && global.used > GLOBAL.limit) {
        return {
          isExceeded: true,
          scope: 'global',
          limit: GLOBAL.limit,
          remaining: 0,
          resetsAtMs: global.resetsAtMs,
          bucket,
        };
      }
    }
    const window = this.count(key, limit);
    const remaining = this.isEnforced ? Math.max(0, limit.limit - window.used) : limit.limit;
    const isExceeded = this.isEnforced && window.used > limit.limit;
    return { isExceeded, scope: 'user', limit: limit.limit, remaining, resetsAtMs: window.resetsAtMs, bucket };
  }

  private count(key: string, { windowMs }: Limit): Window {
    const now = Date.now();
    let window = this.windows.get(key);
    if (!window || window.resetsAtMs <= now) {
      if (this.windows.size > 10_000) this.forgetExpired(now);
      this.windows.set(key, (window = { used: 0, resetsAtMs: now + windowMs }));
    }
    window.used += 1;
    return window;
  }

  private forgetExpired(now: number): void {
    for (const [key, window] of this.windows) if (window.resetsAtMs <= now) this.windows.delete(key);
  }
}
