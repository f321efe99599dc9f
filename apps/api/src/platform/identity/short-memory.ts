import type { Clock } from '../clock.js';

/**
 * How long an answer is reused. What was revoked in this process is refused at once; in another process after at most this
 * long.
 */
const REMEMBER_MS = 3_000;

const MAX_REMEMBERED = 10_000;

interface Remembered<T> {
  value: Promise<T>;
  untilMs: number;
}

/** Remembers for moments what is asked for at every request. */
export class ShortMemory<T> {
  private readonly remembered = new Map<string, Remembered<T>>();

  constructor(private readonly clock: Clock) {}

  /** The value that is remembered, or that `read` finds; what fails is not remembered. */
  async recall(key: string, read: (now: Date) => Promise<T>): Promise<T> {
    const now = this.clock.now();
    const known = this.remembered.get(key);
    if (known && known.untilMs > now.getTime()) return known.value;
    const value = read(now);
    this.remember(key, { value, untilMs: now.getTime() + REMEMBER_MS });
    try {
      return await value;
    } catch (error) {
      this.forget(key);
      throw error;
    }
  }

  forget(key: string): void {
    this.remembered.delete(key);
  }

  clear(): void {
    this.remembered.clear();
  }

  private remember(key: string, entry: Remembered<T>): void {
    this.remembered.delete(key);
    const oldest = this.remembered.keys().next();
    if (this.remembered.size >= MAX_REMEMBERED && !oldest.done) this.remembered.delete(oldest.value);
    this.remembered.set(key, entry);
  }
}
