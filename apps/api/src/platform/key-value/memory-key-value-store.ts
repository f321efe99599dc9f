import type { Clock } from '../clock.js';
import { type Allowance, type Consumption, KeyValueStore, type SlotDemand, type SlotEnd } from './key-value-store.js';
import { MemorySlots } from './memory-slots.js';

interface Entry {
  value: string;
  expiresAtMs: number;
}

/** Bounds the memory that callers without an account can make us use: a sign-in attempt takes less than 1 kB. */
const MAX_ENTRIES = 50_000;
/** Looking through everything for what has expired is not worth doing more often, however full the store is. */
const SWEEP_INTERVAL_MS = 1_000;

/** The store of a deployment with one API process. */
export class MemoryKeyValueStore extends KeyValueStore {
  private readonly entries = new Map<string, Entry>();
  private readonly slots = new MemorySlots();
  private sweptAtMs = -Infinity;

  constructor(
    private readonly clock: Clock,
    private readonly maxEntries = MAX_ENTRIES,
  ) {
    super();
  }

  override async get(key: string): Promise<string | null> {
    return this.live(key)?.value ?? null;
  }

  override async set(key: string, value: string, ttlSeconds: number): Promise<void> {
    this.put(key, { value, expiresAtMs: this.nowMs() + ttlSeconds * 1000 });
  }

  override async setIfAbsent(key: string, value: string, ttlSeconds: number): Promise<boolean> {
    if (this.live(key)) return false;
    this.put(key, { value, expiresAtMs: this.nowMs() + ttlSeconds * 1000 });
    return true;
  }

  override async take(key: string): Promise<string | null> {
    const entry = this.live(key);
    this.entries.delete(key);
    return entry?.value ?? null;
  }

  override async delete(key: string): Promise<void> {
    this.entries.delete(key);
  }

  override async increment(key: string, ttlSeconds: number): Promise<number> {
    return this.add(key, 1, ttlSeconds);
  }

  override async consume(key: string, { limit, windowSeconds, cost = 1 }: Allowance): Promise<Consumption> {
    const used = Number(this.live(key)?.value ?? 0);
    const isAllowed = used + cost <= limit;
    const sum = isAllowed ? this.add(key, cost, windowSeconds) : used;
    const expiresAtMs = this.live(key)?.expiresAtMs;
    return {
      isAllowed,
      remaining: Math.max(0, limit - sum),
      resetSeconds: expiresAtMs === undefined ? windowSeconds : Math.ceil((expiresAtMs - this.nowMs()) / 1000),
    };
  }

  override async occupy(demands: readonly SlotDemand[], holder: string, leaseMs: number): Promise<number> {
    return this.slots.occupy(demands, holder, leaseMs);
  }

  override async vacate(ends: readonly SlotEnd[]): Promise<void> {
    this.slots.vacate(ends);
  }

  private add(key: string, amount: number, ttlSeconds: number): number {
    const entry = this.live(key);
    const sum = Number(entry?.value ?? 0) + amount;
    this.put(key, { value: String(sum), expiresAtMs: entry?.expiresAtMs ?? this.nowMs() + ttlSeconds * 1000 });
    return sum;
  }

  private live(key: string): Entry | undefined {
    const entry = this.entries.get(key);
    if (!entry || entry.expiresAtMs > this.nowMs()) return entry;
    this.entries.delete(key);
    return undefined;
  }

  private put(key: string, entry: Entry): void {
    this.entries.delete(key);
    if (this.entries.size >= this.maxEntries) this.makeRoom();
    this.entries.set(key, entry);
  }

  /** Drops what has expired, and the oldest entry when nothing has. */
  private makeRoom(): void {
    const nowMs = this.nowMs();
    if (nowMs >= this.sweptAtMs + SWEEP_INTERVAL_MS) {
      this.sweptAtMs = nowMs;
      for (const [key, { expiresAtMs }] of this.entries) if (expiresAtMs <= nowMs) this.entries.delete(key);
    }
    const oldest = this.entries.keys().next();
    if (this.entries.size >= this.maxEntries && !oldest.done) this.entries.delete(oldest.value);
  }

  private nowMs(): number {
    return this.clock.now().getTime();
  }
}
