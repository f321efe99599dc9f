import { LANE_COUNT } from '@guildhall/contracts';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { laneOf } from './lanes.js';

const guildIds = fc.bigInt({ min: 1n << 54n, max: (1n << 62n) - 1n }).map(String);

it('gives every guild one of the lanes, and always the same', () => {
  fc.assert(
    fc.property(guildIds, (guildId) => {
      const lane = laneOf(guildId);
      expect(lane).toBeGreaterThanOrEqual(0);
      expect(lane).toBeLessThan(LANE_COUNT);
      expect(laneOf(guildId)).toBe(lane);
    }),
  );
});

it('never changes: what waits in an outbox was numbered by it', () => {
  expect(['175928847299117063', '800000000000000001', '81384788765712384'].map(laneOf)).toMatchInlineSnapshot(`
    [
      4,
      2,
      3,
    ]
  `);
});

it('spreads guilds of one shard over all lanes', () => {
  const ofOneShard = Array.from({ length: 400 }, (_, index) => String((BigInt(index) * 16n + 7n) << 22n));
  expect(new Set(ofOneShard.map(laneOf)).size).toBe(LANE_COUNT);
});
