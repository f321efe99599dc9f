import { describe, expect, it } from 'vitest';
import { signInHost } from './sign-in-host.rules.js';

const local = 'http://localhost:3000/api/auth/discord/callback';

describe('signInHost', () => {
  it('lets a sign-in begin where Discord will send the browser back to', () => {
    expect(signInHost('localhost:3000', local)).toBeNull();
    expect(signInHost('guildhall.example', 'https://guildhall.example/api/auth/discord/callback')).toBeNull();
  });

  it.each(['127.0.0.1:3000', '[::1]:3000'])('moves it there from %s, another name of this machine', (host) => {
    expect(signInHost(host, local)).toBe('http://localhost:3000');
  });

  it('does not move it for what a proxy or a stranger calls us', () => {
    expect(signInHost('api.internal:3000', local)).toBeNull();
    expect(signInHost('127.0.0.1:3000', 'https://guildhall.example/api/auth/discord/callback')).toBeNull();
    expect(signInHost('localhost:4000', local)).toBeNull();
  });
});
