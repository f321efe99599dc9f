import { describe, expect, it } from 'vitest';
import { batchSchema, LANE_COUNT, MAX_BATCH_EVENTS } from './protocol.js';

const batch = {
  batchId: '0199f3a0-0000-7000-8000-000000000001',
  outboxId: '0199f3a0-0000-7000-8000-000000000002',
  lane: 3,
  first: 11,
  last: 12,
  events: [{}, {}],
};

describe('batchSchema', () => {
  it('accepts a run whose events match its bounds', () => {
    expect(batchSchema.safeParse(batch).success).toBe(true);
  });

  it.each([
    ['fewer events than the run', { ...batch, events: [{}] }],
    ['a lane that does not exist', { ...batch, lane: LANE_COUNT }],
    ['a run that starts at nothing', { ...batch, first: 0, last: 1 }],
    ['no events', { ...batch, last: 10, events: [] }],
    ['too many events', { ...batch, last: 11 + MAX_BATCH_EVENTS, events: Array(MAX_BATCH_EVENTS + 1).fill({}) }],
  ])('refuses %s', (_, value) => {
    expect(batchSchema.safeParse(value).success).toBe(false);
  });
});
