/** The longest delay of a timer of Node. */
const MAX_DELAY_MS = 2 ** 31 - 1;

interface Timer {
  dueMs: number;
  act: () => void;
  handle: NodeJS.Timeout | undefined;
}

/**
 * The time of this Discord, on which everything depends that Discord itself decides by time: ids, timeouts that expire, tokens,
 * threads that archive themselves. It is the machine's, put forward by `advance`; or it stands still at a moment and moves by `advance`
 * alone, so that every run is the same. What clients wait for in real time (heartbeats, rate limits) does not follow it.
 */
export class Clock {
  private readonly timers = new Set<Timer>();
  private aheadMs = 0;

  /** @param standsAtMs the moment it stands still at, in epoch milliseconds; absent for the machine's time */
  constructor(private readonly standsAtMs?: number) {}

  /** Epoch milliseconds. */
  now(): number {
    return (this.standsAtMs ?? Date.now()) + this.aheadMs;
  }

  /** The present in ISO 8601. */
  iso(): string {
    return new Date(this.now()).toISOString();
  }

  /** Acts once when this many milliseconds have passed; the returned function calls it off. */
  after(delayMs: number, act: () => void): () => void {
    const timer: Timer = { dueMs: this.now() + delayMs, act, handle: undefined };
    this.timers.add(timer);
    this.arm(timer);
    return () => this.cancel(timer);
  }

  /** Puts the clock forward; what falls due meanwhile is done in its order, at its moment. */
  advance(milliseconds: number): void {
    const target = this.now() + milliseconds;
    for (let next = this.earliestUntil(target); next; next = this.earliestUntil(target)) {
      this.aheadMs += Math.max(0, next.dueMs - this.now());
      this.cancel(next);
      next.act();
    }
    this.aheadMs += Math.max(0, target - this.now());
    for (const timer of this.timers) this.arm(timer);
  }

  /** Goes on from another moment, earlier or later. What was to be done is called off. */
  continueFrom(epochMs: number): void {
    this.stop();
    this.aheadMs += epochMs - this.now();
  }

  /** Calls everything off. */
  stop(): void {
    for (const timer of this.timers) this.cancel(timer);
  }

  private earliestUntil(target: number): Timer | undefined {
    let earliest: Timer | undefined;
    // The first set of those that fall due together.
    for (const timer of this.timers)
      if (timer.dueMs <= target && timer.dueMs < (earliest?.dueMs ?? Infinity)) earliest = timer;
    return earliest;
  }

  private arm(timer: Timer): void {
    if (this.standsAtMs !== undefined) return;
    clearTimeout(timer.handle);
    const delayMs = Math.max(0, timer.dueMs - this.now());
    timer.handle = setTimeout(() => this.wake(timer), Math.min(delayMs, MAX_DELAY_MS));
    timer.handle.unref();
  }

  private wake(timer: Timer): void {
    if (timer.dueMs > this.now()) return this.arm(timer);
    this.cancel(timer);
    timer.act();
  }

  private cancel(timer: Timer): void {
    clearTimeout(timer.handle);
    this.timers.delete(timer);
  }
}
