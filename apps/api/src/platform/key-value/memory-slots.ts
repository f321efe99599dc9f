import { ALL_SLOTS, type SlotDemand, type SlotEnd } from './key-value-store.js';

/** So many keys are kept before those are looked for that nobody holds any more. */
const MAX_KEYS = 5_000;

/** The slots of a deployment with one API process: under each key the holders, with the instant at which each becomes free. */
export class MemorySlots {
  private readonly holders = new Map<string, Map<string, number>>();

  constructor(private readonly nowMs: () => number = () => performance.now()) {}

  /** How many keys are kept. */
  get size(): number {
    return this.holders.size;
  }

  /** @see KeyValueStore.occupy */
  occupy(demands: readonly SlotDemand[], holder: string, leaseMs: number): number {
    const waitMs = Math.max(...demands.map((demand) => this.waitMs(demand)));
    if (waitMs > 0) return waitMs;
    this.vacate(demands.map(({ key }) => ({ key, holder, afterMs: leaseMs })));
    return 0;
  }

  /** @see KeyValueStore.vacate */
  vacate(ends: readonly SlotEnd[]): void {
    for (const { key, holder, afterMs } of ends) {
      const held = this.held(key);
      const freeAtMs = this.nowMs() + afterMs;
      const earlierMs = holder === ALL_SLOTS ? (held.get(holder) ?? 0) : 0;
      if (afterMs > 0) held.set(holder, Math.max(freeAtMs, earlierMs));
      else held.delete(holder);
      this.holders.set(key, held);
    }
    if (this.holders.size > MAX_KEYS) this.sweep();
  }

  private waitMs({ key, limit }: SlotDemand): number {
    const held = this.held(key);
    const closedUntilMs = held.get(ALL_SLOTS);
    if (closedUntilMs !== undefined) return closedUntilMs - this.nowMs();
    return held.size < limit ? 0 : Math.min(...held.values()) - this.nowMs();
  }

  /** Who holds a slot of the key now. */
  private held(key: string): Map<string, number> {
    const held = this.holders.get(key) ?? new Map<string, number>();
    const nowMs = this.nowMs();
    for (const [holder, freeAtMs] of held) if (freeAtMs <= nowMs) held.delete(holder);
    return held;
  }

  private sweep(): void {
    for (const key of this.holders.keys()) if (this.held(key).size === 0) this.holders.delete(key);
  }
}
