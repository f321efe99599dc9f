import { describe, expect, it } from 'vitest';
import { testConfig } from '../../../testing/api.js';
import { readApiConfig } from '../../config.js';
import { composeRedisUrl } from './redis-url.rules.js';

describe('composeRedisUrl', () => {
  it('puts the parts together', () => {
    const parts = { REDIS_HOST: 'redis.local', REDIS_PORT: '6380', REDIS_DB: '2', REDIS_PASSWORD: 'p@ss/word' };
    expect(composeRedisUrl(parts)).toBe('redis://:p%40ss%2Fword@redis.local:6380/2');
  });

  it('takes what is missing as Redis has it by default', () => {
    expect(composeRedisUrl({ REDIS_HOST: '::1' })).toBe('redis://[::1]:6379/0');
    expect(composeRedisUrl({ REDIS_PASSWORD: 'secret' })).toBe('redis://:secret@127.0.0.1:6379/0');
  });
});

describe('the configuration', () => {
  /** As an environment has it: text. */
  const required = Object.fromEntries(
    Object.entries(testConfig('postgres://127.0.0.1/x')).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );

  it('reads the older names of REDIS_URL and reports each', () => {
    const { config, notices } = readApiConfig({ ...required, REDIS_HOST: 'redis', REDIS_PASSWORD: 'secret' });
    expect(config.REDIS_URL).toBe('redis://:secret@redis:6379/0');
    expect(notices.map((notice) => notice.split(' ')[0])).toEqual(['REDIS_HOST', 'REDIS_PASSWORD']);
    expect(notices.join()).not.toContain('secret');
  });

  it('refuses parts that make no address, without repeating them', () => {
    const read = () => readApiConfig({ ...required, REDIS_PORT: 'tcp://10.0.0.1:6379', REDIS_PASSWORD: 'secret' });
    expect(read).toThrow('The configuration is not usable: REDIS_URL: must be a redis:// or rediss:// URL');
  });
});
