import { describe, expect, it } from 'vitest';
import { isDirectLoopback } from './loopback.rules.js';

describe('isDirectLoopback', () => {
  it.each(['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1'])('takes %s for this machine', (address) => {
    expect(isDirectLoopback(address, {})).toBe(true);
  });

  it.each(['10.0.0.1', '203.0.113.9', '::ffff:10.0.0.1', '2001:db8::1', undefined])(
    'takes %s for elsewhere',
    (address) => {
      expect(isDirectLoopback(address, {})).toBe(false);
    },
  );

  it.each(['x-forwarded-for', 'forwarded', 'via'])('does not trust a proxy on this machine (%s)', (header) => {
    expect(isDirectLoopback('127.0.0.1', { [header]: '203.0.113.9' })).toBe(false);
  });
});
