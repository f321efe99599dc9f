import type { Clock } from './clock.js';

/** What is to happen at a moment, by name: naming it again moves it. */
export class Deadlines {
  private readonly armed = new Map<string, () => void>();

  constructor(private readonly clock: Clock) {}

  /** Acts at this moment, in epoch milliseconds; at once, but not yet in this call, where it has passed. */
  set(key: string, atMs: number, act: () => void): void {
    this.clear(key);
    const cancel = this.clock.after(Math.max(0, atMs - this.clock.now()), () => {
      this.armed.delete(key);
      act();
    });
    this.armed.set(key, cancel);
  }

  has(key: string): boolean {
    return this.armed.has(key);
  }

  clear(key: string): void {
    this.armed.get(key)?.();
    this.armed.delete(key);
  }
}
