/** How much may be used up within a window of time. */
export interface Allowance {
  /** What a window holds. */
  limit: number;
  /** The window begins with the first use and ends this much later. */
  windowSeconds: number;
  /** What this use takes of it; 1 when absent, never less. */
  cost?: number;
}

/** What came of using an allowance. */
export interface Consumption {
  isAllowed: boolean;
  /** What is left in the window; a use that is refused takes nothing. */
  remaining: number;
  /** Whole seconds until the window is full again. */
  resetSeconds: number;
}

/** A place among `limit` places that may be taken at once under `key`. */
export interface SlotDemand {
  key: string;
  limit: number;
}

/** When a slot becomes free again; 0 frees it at once. */
export interface SlotEnd {
  key: string;
  holder: string;
  afterMs: number;
}

/** A holder that takes every slot there is: nobody else gets one until its time is over, which is never shortened. */
export const ALL_SLOTS = '*';

/**
 * Short-lived facts that every process of a deployment shares: OAuth states, one-time ids, counters of rate limits, locks.
 * Values are text, and everything expires. Every method throws a DomainError `unavailable` within a second when the store is
 * away.
 */
export abstract class KeyValueStore {
  /** The value, or null when there is none or it has expired. */
  abstract get(key: string): Promise<string | null>;

  abstract set(key: string, value: string, ttlSeconds: number): Promise<void>;

  /** Sets a value unless there is one: of several callers exactly one gets true. For locks and for what may happen once. */
  abstract setIfAbsent(key: string, value: string, ttlSeconds: number): Promise<boolean>;

  /** Reads and removes in one step: of several callers exactly one gets the value. */
  abstract take(key: string): Promise<string | null>;

  abstract delete(key: string): Promise<void>;

  /** Adds one and returns the sum. The time to live starts with the first of them and is not prolonged. */
  abstract increment(key: string, ttlSeconds: number): Promise<number>;

  /** Takes from an allowance in one step: however many ask at once, no window gives more than its limit. */
  abstract consume(key: string, allowance: Allowance): Promise<Consumption>;

  /**
   * Takes a slot of each key for a holder, or none of them; they become free by themselves after `leaseMs`. Counted in real
   * time, whatever the clock says, because what slots protect from is outside.
   * @returns 0 when they are taken, else the milliseconds after which it is worth asking again
   */
  abstract occupy(demands: readonly SlotDemand[], holder: string, leaseMs: number): Promise<number>;

  /** Sets when slots become free, taking them first where the holder had none: limits do not count here. */
  abstract vacate(ends: readonly SlotEnd[]): Promise<void>;
}
