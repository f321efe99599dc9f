import { type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ApiConfig } from '../../config.js';
import { API_CONFIG } from '../config/config.module.js';
import { callerOf, type Identity } from '../identity/identity.js';
import { type Consumption, KeyValueStore } from '../key-value/key-value-store.js';
import { DomainError } from '../problems/domain-error.js';
import { RATE_CLASS } from './rate-class.js';
import {
  addressCaller,
  RATE_WINDOW_SECONDS,
  type RateClass,
  rateClassOfMethod,
  type RateLimitTable,
  readRateLimits,
} from './rate-classes.rules.js';

/** Counts requests by caller and class of route, in the store that all processes share. */
@Injectable()
export class RateLimits {
  private readonly limits: RateLimitTable;

  constructor(
    private readonly reflector: Reflector,
    private readonly store: KeyValueStore,
    @Inject(API_CONFIG) config: ApiConfig,
  ) {
    this.limits = readRateLimits(config.RATE_LIMITS);
  }

  /**
   * Counts a request and writes what is left into the answer.
   * @param identity null for callers who are only known by their address
   * @throws DomainError `too-many-requests`; `unavailable` for a sign-in while the store is away
   * @see https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/
   */
  async count(context: ExecutionContext, identity: Identity | null): Promise<void> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const rateClass = this.classOf(context, request.method);
    const limit = this.limits[rateClass];
    const reply = http.getResponse<FastifyReply>();
    void reply.header('ratelimit-policy', `"${rateClass}";q=${limit};w=${RATE_WINDOW_SECONDS}`);
    const used = await this.consume(rateClass, limit, callerIn(request, rateClass, identity));
    if (!used) return;
    void reply.header('ratelimit', `"${rateClass}";r=${used.remaining};t=${used.resetSeconds}`);
    if (used.isAllowed) return;
    throw new DomainError('too-many-requests', {
      detail: `At most ${limit} requests of this kind a minute. Go on in ${used.resetSeconds} s.`,
      retryAfterSeconds: used.resetSeconds,
    });
  }

  private classOf(context: ExecutionContext, method: string): RateClass {
    const marked = this.reflector.getAllAndOverride<RateClass | undefined>(RATE_CLASS, [
      context.getHandler(),
      context.getClass(),
    ]);
    return marked ?? rateClassOfMethod(method);
  }

  /** Null while the store is away: work goes on uncounted, but nobody gets to guess passwords uncounted. */
  private async consume(rateClass: RateClass, limit: number, caller: string): Promise<Consumption | null> {
    try {
      return await this.store.consume(`rate:${rateClass}:${caller}`, { limit, windowSeconds: RATE_WINDOW_SECONDS });
    } catch (error) {
      if (rateClass !== 'sign-in' && error instanceof DomainError && error.code === 'unavailable') return null;
      throw error;
    }
  }
}

/** Sign-ins are counted by address, whoever the caller says to be. */
function callerIn({ ip }: FastifyRequest, rateClass: RateClass, identity: Identity | null): string {
  return identity === null || rateClass === 'sign-in' ? addressCaller(ip) : callerOf(identity);
}
