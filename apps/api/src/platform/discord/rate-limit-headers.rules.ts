/** What an answer of Discord says about the limits it was counted under. */
export interface RateLimitNews {
  /** The bucket that the route shares with others; null where Discord counts nothing. */
  bucket: string | null;
  /** Requests in a window of the bucket. */
  limit: number;
  remaining: number;
  /** Until the window of the bucket ends. */
  resetAfterMs: number;
  /** Set where the request was refused for being one too many. */
  refusal: { isGlobal: boolean; isShared: boolean; retryAfterMs: number } | null;
}

const DEFAULT_RETRY_AFTER_MS = 5_000;

/** @see https://discord.com/developers/docs/topics/rate-limits#header-format */
export function readRateLimit(status: number, headers: Headers): RateLimitNews {
  const bucket = headers.get('x-ratelimit-bucket');
  const limit = numberOf(headers, 'x-ratelimit-limit');
  return {
    bucket: limit === null || limit < 1 ? null : bucket,
    limit: limit ?? 0,
    remaining: numberOf(headers, 'x-ratelimit-remaining') ?? 0,
    resetAfterMs: (numberOf(headers, 'x-ratelimit-reset-after') ?? 0) * 1000,
    refusal: status === 429 ? refusalOf(headers) : null,
  };
}

function refusalOf(headers: Headers) {
  const scope = headers.get('x-ratelimit-scope');
  const retryAfterSeconds = numberOf(headers, 'retry-after');
  return {
    isGlobal: headers.has('x-ratelimit-global') || scope === 'global',
    isShared: scope === 'shared',
    // Without the header it was not Discord itself that refused, but what stands before it.
    retryAfterMs: retryAfterSeconds === null ? DEFAULT_RETRY_AFTER_MS : retryAfterSeconds * 1000,
  };
}

function numberOf(headers: Headers, name: string): number | null {
  const value = Number(headers.get(name) ?? Number.NaN);
  return Number.isFinite(value) && value >= 0 ? value : null;
}
