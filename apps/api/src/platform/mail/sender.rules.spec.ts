import { describe, expect, it } from 'vitest';
import { isSender } from './sender.rules.js';

describe('isSender', () => {
  it.each(['Guildhall <guildhall@localhost>', 'guildhall@example.org', 'Ma communauté <hello@example.org>'])(
    'takes %s',
    (text) => expect(isSender(text)).toBe(true),
  );

  it.each([
    '',
    'Guildhall',
    'a@b.org, c@d.org',
    'Guildhall <a@b.org>\nBcc: c@d.org',
    'A\n<a@b.org>',
    'A <a@b.org> <c@d.org>',
  ])('does not take %j', (text) => expect(isSender(text)).toBe(false));
});
