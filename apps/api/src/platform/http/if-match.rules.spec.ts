import { describe, expect, it } from 'vitest';
import { entityTagOf, versionOfIfMatch } from './if-match.rules.js';

const codeOf = (header: string): string => {
  try {
    return String(versionOfIfMatch(header));
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('If-Match', () => {
  it('reads back the tag of a version', () => {
    for (const version of [0, 1, 7, 2_147_483_647]) expect(versionOfIfMatch(entityTagOf(version))).toBe(version);
  });

  it('asks for nothing when it is absent or a star', () => {
    expect(versionOfIfMatch(undefined)).toBeNull();
    expect(versionOfIfMatch(' * ')).toBeNull();
  });

  it.each(['7', '', '"7', '"7", "8"', 'W/7', '"7"x', '"a b"'])('is not understood as %s', (header) => {
    expect(codeOf(header)).toBe('bad-request');
  });

  it.each(['"abc"', 'W/"7"', '"07"', '"-1"', '"1.0"', '""', '"99999999999999"'])('matches nothing as %s', (header) => {
    expect(codeOf(header)).toBe('version-mismatch');
  });
});
