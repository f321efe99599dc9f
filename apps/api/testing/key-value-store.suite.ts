import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ALL_SLOTS, type KeyValueStore } from '../src/platform/key-value/key-value-store.js';

/** What the suite needs to know about a kind of store. */
export interface KeyValueStoreSubject {
  /** Stores of several processes, which see the same values. */
  stores: readonly [KeyValueStore, KeyValueStore];
  /** Lets time pass for every value whose key begins with `prefix`. */
  pass(prefix: string, seconds: number): Promise<void>;
  close(): Promise<void>;
}

/** What every KeyValueStore has to do. */
export function describeKeyValueStore(name: string, open: () => Promise<KeyValueStoreSubject>): void {
  describe(name, () => {
    let subject: KeyValueStoreSubject;
    let store: KeyValueStore;
    let other: KeyValueStore;
    let prefix: string;
    let key: string;
    const pass = (seconds: number) => subject.pass(prefix, seconds);

    beforeAll(async () => {
      subject = await open();
      [store, other] = subject.stores;
    });
    afterAll(() => subject?.close());
    beforeEach(() => {
      prefix = `spec:${randomUUID()}:`;
      key = `${prefix}key`;
    });

    it('keeps a value until its time to live is over', async () => {
      await store.set(key, 'välue\n', 60);
      await pass(50);
      expect(await other.get(key)).toBe('välue\n');
      await pass(10);
      expect(await other.get(key)).toBeNull();
    });

    it('begins the time to live anew with another value', async () => {
      await store.set(key, 'first', 60);
      await pass(50);
      await store.set(key, 'second', 60);
      await pass(50);
      expect(await store.get(key)).toBe('second');
    });

    it('forgets what is deleted', async () => {
      await store.set(key, 'value', 60);
      await other.delete(key);
      await other.delete(key);
      expect(await store.get(key)).toBeNull();
    });

    it('gives a value that is taken to one caller only', async () => {
      await store.set(key, 'value', 60);
      const taken = await Promise.all(Array.from({ length: 20 }, (_, index) => (index % 2 ? store : other).take(key)));
      expect(taken.filter((value) => value !== null)).toEqual(['value']);
      expect(await store.get(key)).toBeNull();
    });

    it('does not give out a value that expired before it was taken', async () => {
      await store.set(key, 'value', 60);
      await pass(61);
      expect(await store.take(key)).toBeNull();
    });

    it('lets one of many be the first', async () => {
      const calls = Array.from({ length: 20 }, (_, index) =>
        (index % 2 ? store : other).setIfAbsent(key, `${index}`, 60),
      );
      const won = (await Promise.all(calls)).flatMap((isFirst, index) => (isFirst ? [`${index}`] : []));
      expect(won).toHaveLength(1);
      expect(await store.get(key)).toBe(won[0]);
    });

    it('lets somebody be the first again when the value has expired', async () => {
      await store.setIfAbsent(key, 'first', 60);
      await pass(30);
      expect(await store.setIfAbsent(key, 'second', 60)).toBe(false);
      await pass(30);
      expect(await store.setIfAbsent(key, 'third', 60)).toBe(true);
    });

    it('counts within a window that the first increment opens', async () => {
      expect(await store.increment(key, 100)).toBe(1);
      await pass(90);
      expect(await other.increment(key, 100)).toBe(2);
      await pass(10);
      expect(await store.increment(key, 100)).toBe(1);
    });

    it('says what is left of an allowance, and when it is full again', async () => {
      const allowance = { limit: 3, windowSeconds: 100 };
      expect(await store.consume(key, allowance)).toEqual({ isAllowed: true, remaining: 2, resetSeconds: 100 });
      await pass(50);
      const second = await other.consume(key, { ...allowance, cost: 2 });
      expect(second).toMatchObject({ isAllowed: true, remaining: 0 });
      // Redis has a clock of its own, which goes on during this spec.
      expect(second.resetSeconds).toBeGreaterThan(30);
      expect(second.resetSeconds).toBeLessThanOrEqual(50);
      expect(await store.consume(key, allowance)).toMatchObject({ isAllowed: false, remaining: 0 });
      await pass(50);
      expect(await store.consume(key, allowance)).toMatchObject({ isAllowed: true, remaining: 2 });
    });

    it('takes nothing from an allowance for a use that it refuses', async () => {
      const allowance = { limit: 3, windowSeconds: 60 };
      const tooMuch = { isAllowed: false, remaining: 3, resetSeconds: 60 };
      expect(await store.consume(key, { ...allowance, cost: 4 })).toEqual(tooMuch);
      expect(await store.consume(key, { ...allowance, cost: 2 })).toMatchObject({ isAllowed: true, remaining: 1 });
      expect(await store.consume(key, { ...allowance, cost: 2 })).toMatchObject({ isAllowed: false, remaining: 1 });
      expect(await store.consume(key, allowance)).toMatchObject({ isAllowed: true, remaining: 0 });
    });

    it('never gives more than an allowance holds, however many ask at once', async () => {
      const calls = Array.from({ length: 50 }, (_, index) =>
        (index % 2 ? store : other).consume(key, { limit: 7, windowSeconds: 60 }),
      );
      const allowed = (await Promise.all(calls)).filter(({ isAllowed }) => isAllowed);
      expect(allowed.map(({ remaining }) => remaining).sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
    });

    it('gives the slots of several processes to no more holders than there are', async () => {
      const demands = [
        { key, limit: 3 },
        { key: `${key}:other`, limit: 50 },
      ];
      const waits = await Promise.all(
        Array.from({ length: 20 }, (_, index) => (index % 2 ? store : other).occupy(demands, `${index}`, 60_000)),
      );
      expect(waits.filter((waitMs) => waitMs <= 0)).toHaveLength(3);
      expect(Math.max(...waits)).toBeGreaterThan(50_000);
      expect(Math.max(...waits)).toBeLessThanOrEqual(60_000);
    });

    it('takes no slot where another one is missing', async () => {
      const narrow = { key: `${key}:narrow`, limit: 1 };
      expect(await store.occupy([narrow], 'first', 60_000)).toBe(0);
      expect(await other.occupy([{ key, limit: 1 }, narrow], 'second', 60_000)).toBeGreaterThan(0);
      expect(await other.occupy([{ key, limit: 1 }], 'third', 60_000)).toBe(0);
    });

    it('frees a slot at once, or when it is said', async () => {
      const demand = [{ key, limit: 1 }];
      await store.occupy(demand, 'first', 60_000);
      await store.vacate([{ key, holder: 'first', afterMs: 30_000 }]);
      expect(await other.occupy(demand, 'second', 60_000)).toBeLessThanOrEqual(30_000);
      await store.vacate([{ key, holder: 'first', afterMs: 0 }]);
      expect(await other.occupy(demand, 'second', 60_000)).toBe(0);
    });

    it('lets nobody in while all slots are taken, which is never shortened', async () => {
      await store.vacate([{ key, holder: ALL_SLOTS, afterMs: 60_000 }]);
      await store.vacate([{ key, holder: ALL_SLOTS, afterMs: 10 }]);
      expect(await other.occupy([{ key, limit: 100 }], 'first', 60_000)).toBeGreaterThan(30_000);
    });
  });
}
