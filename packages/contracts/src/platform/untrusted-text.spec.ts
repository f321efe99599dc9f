import { describe, expect, it } from 'vitest';
import { emailSchema } from './email.js';
import { returnPathSchema } from './return-path.js';

describe('a mail address', () => {
  it.each(['ada@example.org', 'ada.lovelace+guild@mail.example.org', "o'hara@example.org"])('may be %s', (email) => {
    expect(emailSchema.parse(email)).toBe(email);
  });

  it.each([
    ...['ada@example.org\n', 'ada@example.org\r\nBcc: all@example.org', '\nada@example.org', ' ada@example.org'],
    ...['ada@example.org ', 'ada', 'ada@', '@example.org', 'ada@example', 'ada@@example.org', 'a b@example.org'],
    ...['ada@example.org,eve@example.org', 'Ada <ada@example.org>', 'ada@example.org\u0000', ''],
    `${'a'.repeat(250)}@example.org`,
  ])('may not be %j', (email) => {
    expect(emailSchema.safeParse(email).success).toBe(false);
  });
});

describe('a way back', () => {
  it.each(['/', '/guilds/1?page=2#top', '/a//b', '/@evil.example', '/:80', '/%2f%2fevil.example'])(
    'may be %s',
    (path) => {
      expect(returnPathSchema.parse(path)).toBe(path);
    },
  );

  it.each([
    ...[
      '',
      'guilds',
      '//evil.example',
      '/\\evil.example',
      '\\\\evil.example',
      'https://evil.example',
      '///evil.example',
    ],
    ...['/\t/evil.example', '/\n/evil.example', ' //evil.example', 'javascript:alert(1)', '/a\u0000', '/\u0085'],
    `/${'a'.repeat(2_000)}`,
  ])('may not be %j', (path) => {
    expect(returnPathSchema.safeParse(path).success).toBe(false);
  });
});
