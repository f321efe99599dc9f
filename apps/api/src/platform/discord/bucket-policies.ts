import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { KeyValueStore } from '../key-value/key-value-store.js';
import type { RateLimitNews } from './rate-limit-headers.rules.js';

const policySchema = z.object({
  /** Null for a route on which Discord counts nothing but the global limit. */
  bucket: z.string().nullable(),
  limit: z.number(),
  /** The longest time that was seen to be left of a window: how long a request counts whose answer never came. */
  windowMs: z.number(),
});
/** How Discord limits a route, as its answers told. */
export type BucketPolicy = z.infer<typeof policySchema>;

const POLICY_TTL_SECONDS = 7 * 86_400;

/** What was learned about the limits of routes, shared with the other processes of the token. */
@Injectable()
export class BucketPolicies {
  private readonly known = new Map<string, BucketPolicy>();

  constructor(private readonly store: KeyValueStore) {}

  /** Undefined for a route that nobody has asked yet. */
  async find(routeName: string): Promise<BucketPolicy | undefined> {
    const known = this.known.get(routeName);
    if (known) return known;
    const stored = await this.store.get(keyOf(routeName));
    if (stored === null) return undefined;
    const policy = policySchema.parse(JSON.parse(stored));
    this.known.set(routeName, policy);
    return policy;
  }

  /** Learns from an answer; refusals for the global limit say nothing about the bucket. */
  async learn(routeName: string, { bucket, limit, resetAfterMs, refusal }: RateLimitNews): Promise<void> {
    if (refusal?.isGlobal) return;
    const known = this.known.get(routeName);
    // A refusal from before Discord itself has no headers, and must not undo what is known.
    if (bucket === null && (known || refusal)) return;
    const isSame = known?.bucket === bucket && known.limit === limit;
    const windowMs = Math.max(resetAfterMs, isSame ? known.windowMs : 0);
    if (isSame && known.windowMs === windowMs) return;
    const policy = { bucket, limit, windowMs };
    this.known.set(routeName, policy);
    await this.store.set(keyOf(routeName), JSON.stringify(policy), POLICY_TTL_SECONDS);
  }
}

function keyOf(routeName: string): string {
  return `discord-rest:policy:${routeName}`;
}
