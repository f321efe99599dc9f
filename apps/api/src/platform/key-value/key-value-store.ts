/**
 * Short-lived facts that every process of a deployment shares: OAuth states, one-time ids, counters of rate limits. Values
 * are text, and everything expires.
 */
export abstract class KeyValueStore {
  /** The value, or null when there is none or it has expired. */
  abstract get(key: string): Promise<string | null>;

  abstract set(key: string, value: string, ttlSeconds: number): Promise<void>;

  /** Reads and removes in one step: of several callers exactly one gets the value. */
  abstract take(key: string): Promise<string | null>;

  abstract delete(key: string): Promise<void>;

  /** Adds one and returns the sum. The time to live starts with the first of them and is not prolonged. */
  abstract increment(key: string, ttlSeconds: number): Promise<number>;
}
