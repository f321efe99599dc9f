import fc from 'fast-check';

const deep = (levels: number): unknown => {
  let value: unknown = 'end';
  for (let level = 0; level < levels; level += 1) value = level % 2 === 0 ? [value] : { nested: value };
  return value;
};

/** Values that programs forget about: other types, borders of numbers, text that means something to somebody. */
export const nastyValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    ...[null, true, false, 0, -1, 1.5, 2 ** 31, 2 ** 53, -(2 ** 63), 1e308, -0],
    ...[
      '',
      ' ',
      '0',
      'null',
      'undefined',
      '\u0000',
      'a\u0000b',
      '\r\nX-Injected: 1',
      '\ud800',
      '\u202eabc',
      '😀'.repeat(50),
    ],
    ...[
      "'; drop table accounts; --",
      '%_\\',
      '${jndi:ldap://x}',
      '<script>alert(1)</script>',
      '../../etc/passwd',
      '{{7*7}}',
    ],
    ...['9223372036854775807', '9223372036854775808', '-9223372036854775808', '1e3', '0x10', 'NaN', 'Infinity'],
    ...['2026-02-30T00:00:00Z', '+275760-09-13T00:00:00.001Z', '0000-01-01T00:00:00Z', 'x'.repeat(10_000)],
    ...[[], {}, [[]], [null], { length: -1 }, { toString: 1 }, JSON.parse('{"__proto__":{"isAdmin":true}}'), deep(200)],
    Array.from({ length: 1_000 }, (_, index) => index),
  ),
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.double(),
  fc.jsonValue({ maxDepth: 4 }),
);
