import { createHash } from 'node:crypto';
import { bucketOf, GLOBAL, type Limit, sharedLimitOf } from './buckets.js';
import type { RateLimitScope } from './errors.js';

/** Violations kept for the report. */
const KEPT_VIOLATIONS = 100;

interface Window {
  used: number;
  resetsAtMs: number;
}

export interface RateLimitState {
  isExceeded: boolean;
  scope: RateLimitScope;
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
  body: unknown;
  caller: string;
  isGloballyLimited: boolean;
}

/** A request that was refused with 429. */
export interface RateLimitViolation {
  at: string;
  method: string;
  route: string;
  /** The channel, guild or token the bucket belongs to. */
  resource: string;
  caller: string;
  scope: RateLimitScope;
}

export interface RateLimitReport {
  /** Requests that were within their limits. */
  served: number;
  violations: number;
  byScope: Record<RateLimitScope, number>;
  /** The most in one second by one bot token. */
  peakPerSecond: number;
  /** The last violations, oldest first. */
  last: RateLimitViolation[];
}

/**
 * Fixed windows per bucket and caller; all processes of a token are one caller.
 * @see https://docs.discord.com/developers/topics/rate-limits
 */
export class RateLimits {
  private readonly windows = new Map<string, Window>();
  private readonly byScope: Record<RateLimitScope, number> = { user: 0, global: 0, shared: 0 };
  private last: RateLimitViolation[] = [];
  private served = 0;
  private peakPerSecond = 0;

  /** @param isEnforced without it requests are counted, and none is refused */
  constructor(readonly isEnforced: boolean) {}

  take(request: LimitedRequest): RateLimitState {
    const state = this.stateFor(request);
    if (state.isExceeded) this.note(request, state.scope);
    else this.served += 1;
    return state;
  }

  report(): RateLimitReport {
    const { user, global, shared } = this.byScope;
    return {
      served: this.served,
      violations: user + global + shared,
      byScope: { ...this.byScope },
      peakPerSecond: this.peakPerSecond,
      last: [...this.last],
    };
  }

  private stateFor(request: LimitedRequest): RateLimitState {
    const { name, limit } = bucketOf(request.method, request.route);
    const resource = resourceOf(request);
    if (request.isGloballyLimited) {
      const global = this.count(`global ${request.caller}`, GLOBAL);
      this.peakPerSecond = Math.max(this.peakPerSecond, global.used);
      if (this.isOver(global, GLOBAL)) return this.state(global, { limit: GLOBAL, name, scope: 'global' });
    }
    const shared = sharedLimitOf(request);
    if (shared) {
      const window = this.count(`shared ${name} ${resource}`, shared);
      if (this.isOver(window, shared)) return this.state(window, { limit: shared, name, scope: 'shared' });
    }
    const window = this.count(`${name} ${resource} ${request.caller}`, limit);
    return this.state(window, { limit, name, scope: 'user' });
  }

  private isOver(window: Window, { limit }: Limit): boolean {
    return this.isEnforced && window.used > limit;
  }

  private state(window: Window, bucket: { limit: Limit; name: string; scope: RateLimitScope }): RateLimitState {
    const { limit } = bucket.limit;
    return {
      isExceeded: this.isOver(window, bucket.limit),
      scope: bucket.scope,
      limit,
      remaining: Math.max(0, limit - window.used),
      resetsAtMs: window.resetsAtMs,
      bucket: createHash('md5').update(bucket.name).digest('hex'),
    };
  }

  private note(request: LimitedRequest, scope: RateLimitScope): void {
    const { method, route, caller } = request;
    this.byScope[scope] += 1;
    const violation = { at: new Date().toISOString(), method, route, resource: resourceOf(request), caller, scope };
    this.last = [...this.last, violation].slice(-KEPT_VIOLATIONS);
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

/** The major parameter of a route: each value has a bucket of its own. */
function resourceOf({ params: { channelId, guildId, token } }: LimitedRequest): string {
  return channelId ?? guildId ?? token ?? '';
}
