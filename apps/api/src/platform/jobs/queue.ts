import type { z } from 'zod';

/** When a failed job is tried again. */
export interface RetryPolicy {
  retryLimit: number;
  /** Seconds before the first repetition. */
  retryDelay: number;
  /** Whether each repetition waits about twice as long as the one before it. */
  retryBackoff: boolean;
  /** The longest wait, in seconds; only with `retryBackoff`. */
  retryDelayMax?: number;
}

interface QueueOptions<T extends z.ZodObject> {
  /** Whether nothing of a job stays behind when it has succeeded, because it held a secret; others are kept for a week. */
  isForgottenWhenDone?: boolean;
  /** Fields of the payload that people may see when a job has failed for good; never one that holds a secret. */
  shown?: readonly (keyof z.infer<T> & string)[];
  retries?: RetryPolicy;
}

/** A kind of background work: its name and the shape of what it needs to know. Features declare theirs as constants. */
export interface Queue<T extends z.ZodObject = z.ZodObject> {
  readonly name: string;
  readonly payload: T;
  readonly isForgottenWhenDone: boolean;
  readonly shown: readonly string[];
  readonly retries: RetryPolicy;
}

/** A failed job is tried again after 5 s, then ever later up to an hour, for about half a day. */
const RETRIES: RetryPolicy = { retryLimit: 16, retryDelay: 5, retryBackoff: true, retryDelayMax: 3_600 };

/** Declares a queue, as `<feature>.<what is done>`. */
export function queue<T extends z.ZodObject>(
  name: string,
  payload: T,
  { isForgottenWhenDone = false, shown = [], retries = RETRIES }: QueueOptions<T> = {},
): Queue<T> {
  return { name, payload, isForgottenWhenDone, shown, retries };
}
