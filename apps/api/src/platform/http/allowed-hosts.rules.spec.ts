import { describe, expect, it } from 'vitest';
import { allowedHosts, isHostAllowed, isHostList } from './allowed-hosts.rules.js';

const allowed = allowedHosts({
  WEB_URL: 'https://Guild.example.org:8443/hall',
  DISCORD_CALLBACK_URL: 'https://sign-in.example.org/api/auth/discord/callback',
  HOST: '2001:DB8::0:7',
  ALLOWED_HOSTS: 'api, hall.internal',
});

describe('a request for', () => {
  it.each([
    ...['guild.example.org', 'GUILD.example.org:443', 'guild.example.org.', 'sign-in.example.org', 'api:3000'],
    ...['hall.internal', '[2001:db8::7]:3000'],
    ...['localhost', 'localhost:3000', 'guildhall.localhost', '127.0.0.1:3000', '127.8.9.10', '[::1]:3000'],
  ])('%s is ours', (host) => {
    expect(isHostAllowed(host, allowed)).toBe(true);
  });

  it.each([
    ...['evil.example', 'guild.example.org.evil.example', 'xguild.example.org', 'example.org', '203.0.113.7'],
    ...['', 'guild.example.org@evil.example', 'evil.example/guild.example.org', 'localhost.evil.example'],
    ...['user@localhost', 'localhost/evil', 'localhost?x', '127.0.0.1.evil.example', 'a b'],
  ])('%j is not', (host) => {
    expect(isHostAllowed(host, allowed)).toBe(false);
  });

  it('nobody in particular is not', () => {
    expect(isHostAllowed(undefined, allowed)).toBe(false);
  });
});

it('takes names and addresses for ALLOWED_HOSTS', () => {
  expect(['api', 'api,hall.internal, 10.0.0.7,fd00::1'].map(isHostList)).toEqual([true, true]);
  expect(['', 'api:3000', 'http://api', 'a b', 'api,,hall', '*.example.org'].map(isHostList)).toEqual(
    Array.from({ length: 6 }, () => false),
  );
});
