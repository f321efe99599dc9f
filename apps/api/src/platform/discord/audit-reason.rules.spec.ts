import { describe, expect, it } from 'vitest';
import { auditReason } from './audit-reason.rules.js';

describe('the reason in Discord’s audit log', () => {
  it('names who acted through us', () => {
    expect(auditReason('Ada (42)', 'spam')).toBe('Ada (42) via Guildhall: spam');
    expect(auditReason('Ada (42)', undefined)).toBe('Ada (42) via Guildhall');
  });

  it('is cut to what Discord takes, never in the middle of a character', () => {
    const reason = auditReason('Ada', '👍'.repeat(512));
    expect([...reason]).toHaveLength(512);
    expect(reason.endsWith('👍…')).toBe(true);
    expect(reason.isWellFormed()).toBe(true);
  });

  it.each([['line one\r\nX-Other: header'], ['half a pair \ud83d'], ['tab\tand\u0000nul']])(
    'can be a header whatever people write: %j',
    (text) => {
      const reason = auditReason('Ada', text);
      expect(() => encodeURIComponent(reason)).not.toThrow();
      expect(reason).not.toMatch(/\p{Cc}/u);
    },
  );
});
