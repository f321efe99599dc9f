import type { Clock } from '../clock.js';
import { KeyValueStore } from './key-value-store.js';

interface Entry {
  value: string;
  expiresAtMs: number;
}

/** Bounds the memory that callers without an account can make us use: a sign-in attempt takes less than 1 kB. */
const MAX_ENTRIES = 50_000;

/** The store of a deployment with one API process. */
export class MemoryKeyValueStore extends KeyValueStore {
  private readonly entries = new Map<string, Entry>();

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
    this.put(key, { value, expiresAtMs: this.clock.now().getTime() + ttlSeconds * 1000 });
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
    const entry = this.live(key);
    const sum = Number(entry?.value ?? 0) + 1;
    const expiresAtMs = entry?.expiresAtMs ?? this.clock.now().getTime() + ttlSeconds * 1000;
    this.put(key, { value: String(sum), expiresAtMs });
    return sum;
  }

  private live(key: string): Entry | undefined {
    const entry = this.entries.get(key);
    if (!entry || entry.expiresAtMs > this.clock.now().getTime()) return entry;
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
    const nowMs = this.clock.now().getTime();
    for (const [key, { expiresAtMs }] of this.entries) if (expiresAtMs <= nowMs) this.entries.delete(key);
    const oldest = this.entries.keys().next();
    if (this.entries.size >= this.maxEntries && !oldest.done) this.entries.delete(oldest.value);
  }
}
