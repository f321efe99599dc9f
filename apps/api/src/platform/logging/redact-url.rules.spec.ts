import { describe, expect, it } from 'vitest';
import { redactUrl } from './redact-url.rules.js';

describe('redactUrl', () => {
  it('hides the values that open something, wherever they stand', () => {
    expect(redactUrl('/api/auth/discord/callback?code=abc&state=def')).toBe(
      '/api/auth/discord/callback?code=***&state=***',
    );
    expect(redactUrl('/auth/callback?x=1&SESSION=abc#token=none')).toBe('/auth/callback?x=1&SESSION=***#token=none');
    expect(redactUrl('/a?token=')).toBe('/a?token=***');
  });

  it('leaves everything else as it is', () => {
    expect(redactUrl('/api/guilds/1/messages?before=5&zipcode=75001')).toBe(
      '/api/guilds/1/messages?before=5&zipcode=75001',
    );
  });
});
