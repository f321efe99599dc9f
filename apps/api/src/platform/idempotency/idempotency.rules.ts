import { createHash } from 'node:crypto';
import { DomainError } from '../problems/domain-error.js';

export const IDEMPOTENCY_KEY_HEADER = 'Idempotency-Key';
export const IDEMPOTENCY_REPLAYED_HEADER = 'Idempotency-Replayed';

/** The visible characters of ASCII: what every proxy hands on as it is. */
export const IDEMPOTENCY_KEY_PATTERN = /^[\x21-\x7e]{1,255}$/;

/**
 * The key that a request names; null without the header.
 * @throws DomainError `bad-request` for one that cannot be a key
 */
export function readIdempotencyKey(header: string | readonly string[] | undefined): string | null {
  if (header === undefined) return null;
  if (typeof header === 'string' && IDEMPOTENCY_KEY_PATTERN.test(header)) return header;
  throw new DomainError('bad-request', {
    detail: `${IDEMPOTENCY_KEY_HEADER} has to be 1 to 255 visible ASCII characters without spaces.`,
  });
}

/** What must be the same for a request to be a repetition. */
export interface RepeatableRequest {
  method: string;
  /** Path and query. */
  url: string;
  /** As it was parsed; undefined without one. */
  body: unknown;
}

/** SHA-256 of a request; the order of the fields of its body does not count. */
export function fingerprintOf({ method, url, body }: RepeatableRequest): Buffer {
  return createHash('sha256')
    .update(JSON.stringify([method, url, body === undefined ? [] : [ordered(body)]]))
    .digest();
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).map(([name, field]) => [name, ordered(field)] as const);
  return Object.fromEntries(fields.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** Whether an answer stays: a fault of ours, or the wish that somebody come back later, is no answer to keep. */
export function isKept(status: number): boolean {
  return status < 500 && status !== 429;
}
