import { describe, expect, it } from 'vitest';
import { checksumOf, newApiKey, shownPrefix } from './api-key-text.rules.js';

describe('an API key', () => {
  const keys = Array.from({ length: 2_000 }, newApiKey);

  it('is gh_, 40 random characters and 6 of a checksum', () => {
    for (const key of keys) {
      expect(key).toMatch(/^gh_[0-9A-Za-z]{46}$/);
      expect(key.slice(43)).toBe(checksumOf(key.slice(3, 43)));
    }
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('uses every character alike', () => {
    const counts = Map.groupBy(
      keys.flatMap((key) => [...key.slice(3, 43)]),
      (character) => character,
    );
    expect(counts.size).toBe(62);
    const expected = (keys.length * 40) / 62;
    // Six standard deviations.
    for (const { length } of counts.values()) expect(Math.abs(length - expected)).toBeLessThan(6 * Math.sqrt(expected));
  });

  it('has the checksum that scanners compute', () => {
    // CRC-32 of "123456789" is 0xcbf43926.
    expect(checksumOf('123456789')).toBe('3jZRME');
  });

  it('shows little of itself', () => {
    expect(shownPrefix('gh_0123456789')).toBe('gh_01234567');
  });
});
