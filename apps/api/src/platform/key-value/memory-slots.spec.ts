import { beforeEach, describe, expect, it } from 'vitest';
import { ALL_SLOTS } from './key-value-store.js';
import { MemorySlots } from './memory-slots.js';

const two = [{ key: 'a', limit: 2 }];
const both = [...two, { key: 'b', limit: 1 }];

describe('MemorySlots', () => {
  let nowMs: number;
  let slots: MemorySlots;

  beforeEach(() => {
    nowMs = 1_000;
    slots = new MemorySlots(() => nowMs);
  });

  it('frees slots when their lease is over', () => {
    expect([slots.occupy(two, 'x', 100), slots.occupy(two, 'y', 300), slots.occupy(two, 'z', 100)]).toEqual([
      0, 0, 100,
    ]);
    nowMs += 100;
    expect(slots.occupy(two, 'z', 100)).toBe(0);
  });

  it('takes all slots or none', () => {
    expect(slots.occupy([{ key: 'b', limit: 1 }], 'x', 100)).toBe(0);
    expect(slots.occupy(both, 'y', 50)).toBe(100);
    expect([slots.occupy(two, 'y', 50), slots.occupy(two, 'z', 50)]).toEqual([0, 0]);
  });

  it('lets nobody in while everything is taken, which is never shortened', () => {
    slots.vacate([{ key: 'a', holder: ALL_SLOTS, afterMs: 500 }]);
    slots.vacate([{ key: 'a', holder: ALL_SLOTS, afterMs: 50 }]);
    expect(slots.occupy(two, 'x', 100)).toBe(500);
  });

  it('does not grow with keys that nobody holds any more', () => {
    for (let index = 0; index < 20_000; index += 1) {
      nowMs += 1;
      slots.occupy([{ key: `key ${index}`, limit: 1 }], 'x', 10);
    }
    expect(slots.size).toBeLessThanOrEqual(5_001);
  });
});
