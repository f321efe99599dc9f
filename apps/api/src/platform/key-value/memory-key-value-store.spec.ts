import { beforeEach, describe, expect, it } from 'vitest';
import { Clock } from '../clock.js';
import { MemoryKeyValueStore } from './memory-key-value-store.js';

class SetClock extends Clock {
  private instantMs = 1_000_000;

  override now(): Date {
    return new Date(this.instantMs);
  }

  pass(seconds: number): void {
    this.instantMs += seconds * 1000;
  }
}

describe('MemoryKeyValueStore', () => {
  let clock: SetClock;
  let store: MemoryKeyValueStore;

  beforeEach(() => {
    clock = new SetClock();
    store = new MemoryKeyValueStore(clock, 3);
  });

  it('keeps a value until its time to live is over', async () => {
    await store.set('a', 'value', 60);
    clock.pass(59);
    expect(await store.get('a')).toBe('value');
    clock.pass(1);
    expect(await store.get('a')).toBeNull();
  });

  it('gives a value that is taken to one caller only', async () => {
    await store.set('a', 'value', 60);
    expect(await Promise.all([store.take('a'), store.take('a'), store.get('a')])).toEqual(['value', null, null]);
  });

  it('does not give out a value that expired before it was taken', async () => {
    await store.set('a', 'value', 60);
    clock.pass(61);
    expect(await store.take('a')).toBeNull();
  });

  it('counts within a window that the first increment opens', async () => {
    expect(await store.increment('hits', 10)).toBe(1);
    clock.pass(9);
    expect(await store.increment('hits', 10)).toBe(2);
    clock.pass(1);
    expect(await store.increment('hits', 10)).toBe(1);
  });

  it('makes room by what has expired first, then by the oldest', async () => {
    await store.set('long', '1', 100);
    await store.set('short', '2', 1);
    await store.set('middle', '3', 50);
    clock.pass(2);
    await store.set('fourth', '4', 50);
    expect(await Promise.all(['long', 'short', 'middle', 'fourth'].map((key) => store.get(key)))).toEqual([
      '1',
      null,
      '3',
      '4',
    ]);
    await store.set('fifth', '5', 50);
    expect(await store.get('long')).toBeNull();
    expect(await store.get('fifth')).toBe('5');
  });

  it('forgets what is deleted', async () => {
    await store.set('a', 'value', 60);
    await store.delete('a');
    expect(await store.get('a')).toBeNull();
  });
});
