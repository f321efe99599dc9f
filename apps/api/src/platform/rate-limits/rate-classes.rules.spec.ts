import { describe, expect, it } from 'vitest';
import { addressCaller, isRateLimits, rateClassOfMethod, readRateLimits } from './rate-classes.rules.js';

describe('a caller without a name', () => {
  it.each([
    ['203.0.113.7', 'ip:203.0.113.7'],
    ['::ffff:203.0.113.7', 'ip:203.0.113.7'],
    ['::FFFF:cb00:7107', 'ip:203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', 'ip:2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002::1', 'ip:2001:db8:1:2::/64'],
    ['2001:db8::1', 'ip:2001:db8:0:0::/64'],
    ['::1', 'ip:0:0:0:0::/64'],
    ['fe80::1%eth0', 'ip:fe80:0:0:0::/64'],
  ])('at %s is %s', (address, caller) => {
    expect(addressCaller(address)).toBe(caller);
  });
});

describe('RATE_LIMITS', () => {
  it('changes what it names', () => {
    expect(isRateLimits('read=5, sign-in=7')).toBe(true);
    expect(readRateLimits('read=5, sign-in=7')).toEqual({ read: 5, write: 120, 'sign-in': 7, expensive: 20 });
  });

  it.each(['', 'read', 'read=', 'read=0', 'read=-1', 'read=1.5', 'reads=5', 'read=99999999999', 'read=1,,write=2'])(
    'is refused as %j',
    (text) => {
      expect(isRateLimits(text)).toBe(false);
    },
  );
});

it('tells reading from writing', () => {
  expect(['GET', 'HEAD'].map(rateClassOfMethod)).toEqual(['read', 'read']);
  expect(['POST', 'PUT', 'PATCH', 'DELETE'].map(rateClassOfMethod)).toEqual(['write', 'write', 'write', 'write']);
});
