import { setTimeout as wait } from 'node:timers/promises';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import { newId } from '../ids.js';
import { ALL_SLOTS, KeyValueStore, type SlotDemand, type SlotEnd } from '../key-value/key-value-store.js';
import { LOGGER } from '../logging/logging.module.js';
import { DomainError } from '../problems/domain-error.js';
import { BucketPolicies, type BucketPolicy } from './bucket-policies.js';
import { type LimitedRoute, limitedRouteOf } from './limited-route.rules.js';
import { type RateLimitNews, readRateLimit } from './rate-limit-headers.rules.js';

/**
 * Discord allows 50 requests a second for one token. Five of them are left to each bot, for when it cannot reach any API.
 * @see https://discord.com/developers/docs/topics/rate-limits#global-rate-limit
 */
const GLOBAL: SlotDemand = { key: 'discord-rest:global', limit: 45 };
const GLOBAL_WINDOW_MS = 1_000;
/** Reset times are rounded to milliseconds on their way. */
const MARGIN_MS = 10;
/** How long a request counts in its bucket when its answer does not say. */
const UNKNOWN_WINDOW_MS = 1_000;

/** An attempt ends after this, and the slots of a process that died in the midst of one a little later. */
export const ATTEMPT_TIMEOUT_MS = 10_000;
const LEASE_MS = 15_000;

/** Slots in use come free whenever their request is answered: nobody sleeps longer without looking. */
const MAX_WAIT_MS = 250;
/** Spreads those who wait for the same slot. */
const JITTER_MS = 5;

/**
 * Discord shuts an address out after 10,000 refusals in 10 minutes. We stop before.
 * @see https://discord.com/developers/docs/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans
 */
const INVALID_LIMIT = 9_000;
const INVALID_WINDOW_SECONDS = 600;
const INVALID_PAUSE_MS = 60_000;

/** A request as far as limits go. */
export interface LimitedRequest {
  method: string;
  /** Without the prefix of the API, its version and the query. */
  path: string;
  signal?: AbortSignal | undefined;
}

interface Held {
  route: LimitedRoute;
  policy: BucketPolicy | undefined;
  holder: string;
  demands: SlotDemand[];
}

/**
 * The one way out to Discord for all processes of a token. A request holds a slot of each limit it counts under from before
 * it is sent until the window that counted it is certainly over: so no window ever sees more than it allows, however long
 * answers take and however many processes send.
 */
@Injectable()
export class DiscordLimiter implements OnModuleDestroy {
  private readonly stopping = new AbortController();

  constructor(
    private readonly store: KeyValueStore,
    private readonly policies: BucketPolicies,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * Sends when all limits allow it.
   * @throws DomainError `unavailable` when the limits cannot be known, because the key-value store is away, or when this
   * process stops
   * @throws AbortError when the signal fires first, and whatever `send` throws
   */
  async run(request: LimitedRequest, send: () => Promise<Response>): Promise<Response> {
    const held = await this.enter(limitedRouteOf(request.method, request.path), request.signal);
    let response: Response | undefined;
    try {
      response = await send();
      return response;
    } finally {
      await this.leave(held, response);
    }
  }

  /** Whoever still waits is sent away, so that the stop does not wait for them. */
  onModuleDestroy(): void {
    this.stopping.abort(new DomainError('unavailable', { detail: 'This process stops. Try again.', logLevel: 'info' }));
  }

  private async enter(route: LimitedRoute, signal: AbortSignal | undefined): Promise<Held> {
    const holder = newId();
    for (;;) {
      this.stopping.signal.throwIfAborted();
      signal?.throwIfAborted();
      const policy = await this.policies.find(route.name);
      const demands = demandsOf(route, policy);
      const waitMs = await this.store.occupy(demands, holder, LEASE_MS);
      if (waitMs <= 0) return { route, policy, holder, demands };
      // Short enough to look at the signals only in between.
      await wait(Math.min(waitMs, MAX_WAIT_MS) + Math.random() * JITTER_MS);
    }
  }

  /** Says when each slot becomes free; when that fails, the leases end by themselves. */
  private async leave(held: Held, response: Response | undefined): Promise<void> {
    try {
      const news = response && readRateLimit(response.status, response.headers);
      if (news) await this.policies.learn(held.route.name, news);
      await this.store.vacate(news ? endsAfter(held, news) : endsWithoutAnswer(held));
      if (response && isInvalid(response.status, news)) await this.countInvalid();
      if (news?.refusal) this.logger.warn({ route: held.route.name, ...news.refusal }, 'Discord limited a request');
    } catch (error) {
      this.logger.warn({ err: error, route: held.route.name }, 'what Discord said about its limits was not kept');
    }
  }

  private async countInvalid(): Promise<void> {
    const count = await this.store.increment('discord-rest:invalid', INVALID_WINDOW_SECONDS);
    if (count < INVALID_LIMIT) return;
    this.logger.error({ count }, 'Discord refuses too many requests; none are sent for a minute');
    await this.store.vacate([{ key: GLOBAL.key, holder: ALL_SLOTS, afterMs: INVALID_PAUSE_MS }]);
  }
}

function demandsOf(route: LimitedRoute, policy: BucketPolicy | undefined): SlotDemand[] {
  const demands = route.isGloballyLimited ? [GLOBAL] : [];
  // The first answer of a route tells its limit; until then its requests go one by one.
  if (!policy) return [...demands, { key: `discord-rest:route:${route.name}:${route.majorId}`, limit: 1 }];
  if (policy.bucket === null) return demands;
  return [...demands, { key: bucketKey(policy.bucket, route), limit: policy.limit }];
}

function endsAfter(held: Held, news: RateLimitNews): SlotEnd[] {
  const { route, holder } = held;
  const ends = endsOf(held, news.bucket === null ? (held.policy?.windowMs ?? 0) : 0);
  if (news.bucket !== null) {
    const key = bucketKey(news.bucket, route);
    const end = { key, holder, afterMs: windowMs(news.resetAfterMs) };
    ends.push(end);
    // Somebody else may count under this bucket: what Discord says to be used up is.
    if (news.remaining < 1) ends.push({ ...end, holder: ALL_SLOTS });
  }
  if (news.refusal) ends.push(pauseAfter(route, news, news.refusal.retryAfterMs));
  return ends;
}

function pauseAfter(route: LimitedRoute, { bucket, refusal }: RateLimitNews, retryAfterMs: number): SlotEnd {
  // A refusal without a bucket comes from before Discord, and means every request.
  const key = refusal?.isGlobal || bucket === null ? GLOBAL.key : bucketKey(bucket, route);
  return { key, holder: ALL_SLOTS, afterMs: windowMs(retryAfterMs) };
}

/** Discord may have counted it all the same. */
function endsWithoutAnswer(held: Held): SlotEnd[] {
  return endsOf(held, held.policy?.windowMs ?? UNKNOWN_WINDOW_MS);
}

function endsOf({ holder, demands }: Held, bucketMs: number): SlotEnd[] {
  return demands.map(({ key }) => ({
    key,
    holder,
    afterMs: key === GLOBAL.key ? windowMs(GLOBAL_WINDOW_MS) : bucketMs && windowMs(bucketMs),
  }));
}

/** Refusals for a limit that others share are not held against us. */
function isInvalid(status: number, news: RateLimitNews | undefined): boolean {
  return status === 401 || status === 403 || (status === 429 && !news?.refusal?.isShared);
}

function bucketKey(bucket: string, { majorId }: LimitedRoute): string {
  return `discord-rest:bucket:${bucket}:${majorId}`;
}

function windowMs(announcedMs: number): number {
  return announcedMs + MARGIN_MS;
}
