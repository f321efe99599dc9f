import { describe, expect, it } from 'vitest';
import { fingerprintOf, isKept, readIdempotencyKey } from './idempotency.rules.js';

describe('an idempotency key', () => {
  it.each(['a', 'order-17', '~!@#$%^&*()', 'x'.repeat(255)])('may be %s', (key) => {
    expect(readIdempotencyKey(key)).toBe(key);
  });

  it.each(['', ' ', 'two words', 'tab\t', 'é', 'x'.repeat(256), '\u007f'])('may not be %j', (key) => {
    expect(() => readIdempotencyKey(key)).toThrow('1 to 255 visible ASCII characters');
  });

  it('is not given twice', () => {
    expect(() => readIdempotencyKey(['a', 'b'])).toThrow();
    expect(readIdempotencyKey(undefined)).toBeNull();
  });
});

describe('a repetition', () => {
  const request = { method: 'POST', url: '/api/things?x=1', body: { a: 1, b: { c: [1, 2], d: null } } };
  const same = (other: object) => fingerprintOf(request).equals(fingerprintOf({ ...request, ...other }));

  it('has the same fields, in any order', () => {
    expect(same({ body: { b: { d: null, c: [1, 2] }, a: 1 } })).toBe(true);
  });

  it.each([
    { method: 'PUT' },
    { url: '/api/things?x=2' },
    { body: { a: 1, b: { c: [2, 1], d: null } } },
    { body: { a: '1', b: { c: [1, 2], d: null } } },
    { body: { a: 1, b: { c: [1, 2] } } },
    { body: undefined },
    { body: null },
    { body: [] },
  ])('differs in nothing, as in %j', (other) => {
    expect(same(other)).toBe(false);
  });

  it('without a body is not one with an empty one', () => {
    const [none, empty] = [undefined, null].map((body) => fingerprintOf({ ...request, body }));
    expect(none?.equals(empty!)).toBe(false);
  });
});

it('keeps what will not be otherwise the next time', () => {
  expect([200, 201, 204, 400, 403, 404, 409, 412, 422].every(isKept)).toBe(true);
  expect([429, 500, 502, 503].some(isKept)).toBe(false);
});
