import { beforeEach, describe, expect, it } from 'vitest';
import { SetClock } from '../../../testing/api.js';
import { describeKeyValueStore } from '../../../testing/key-value-store.suite.js';
import { MemoryKeyValueStore } from './memory-key-value-store.js';

describeKeyValueStore('MemoryKeyValueStore', () => {
  const clock = new SetClock();
  const store = new MemoryKeyValueStore(clock);
  return Promise.resolve({
    stores: [store, store],
    pass: (_prefix, seconds) => Promise.resolve(clock.pass(seconds)),
    close: () => Promise.resolve(),
  });
});

describe('MemoryKeyValueStore of three entries', () => {
  let clock: SetClock;
  let store: MemoryKeyValueStore;

  beforeEach(() => {
    clock = new SetClock();
    store = new MemoryKeyValueStore(clock, 3);
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

  it('never holds more, whatever is asked of it', async () => {
    for (let index = 0; index < 10; index += 1) {
      await store.setIfAbsent(`a${index}`, 'x', 60);
      await store.increment(`b${index}`, 60);
      await store.consume(`c${index}`, { limit: 1, windowSeconds: 60 });
    }
    const keys = ['a', 'b', 'c'].flatMap((letter) => Array.from({ length: 10 }, (_, index) => `${letter}${index}`));
    const values = await Promise.all(keys.map((key) => store.get(key)));
    expect(values.filter((value) => value !== null)).toHaveLength(3);
  });
});
