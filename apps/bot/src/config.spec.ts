import { EnvironmentError } from '@guildhall/contracts';
import { describe, expect, it } from 'vitest';
import { readConfig } from './config.js';

const SECRET = 'a secret of more than thirty-two letters';
const good = { DISCORD_TOKEN: 'token', GATEWAY_SECRET: SECRET, SERVICE_TOKEN: SECRET };

describe('the configuration', () => {
  it('needs no more than the secrets', () => {
    expect(readConfig(good).config).toMatchObject({
      DISCORD_API_URL: 'https://discord.com/api',
      GATEWAY_URL: ['http://127.0.0.1:3001'],
      API_URL: 'http://127.0.0.1:3000',
      BOT_ID: 'guildhall',
      BOT_PORT: 3002,
      BOT_MESSAGE_CONTENT_INTENT: 'on',
    });
  });

  it('takes several gateways and chosen shards', () => {
    const { config } = readConfig({
      ...good,
      GATEWAY_URL: 'http://a:1, http://b:2,',
      BOT_SHARD_COUNT: '4',
      BOT_SHARD_IDS: '0,3',
    });
    expect(config).toMatchObject({
      GATEWAY_URL: ['http://a:1', 'http://b:2'],
      BOT_SHARD_COUNT: 4,
      BOT_SHARD_IDS: [0, 3],
    });
  });

  it('understands the older name of the token, and says so', () => {
    const { config, notices } = readConfig({ ...good, DISCORD_TOKEN: '', DISCORD_BOT_TOKEN: 'old' });
    expect(config.DISCORD_TOKEN).toBe('old');
    expect(notices).toHaveLength(1);
  });

  it('names everything that is wrong at once', () => {
    const wrong = {
      DISCORD_TOKEN: 't',
      GATEWAY_SECRET: 'short',
      BOT_ID: '../x',
      API_URL: 'ftp://x',
      BOT_PORT: '99999',
    };
    const problems = catchProblems(wrong).map((problem) => problem.split(':')[0]);
    expect(problems.toSorted()).toEqual(['API_URL', 'BOT_ID', 'BOT_PORT', 'GATEWAY_SECRET', 'SERVICE_TOKEN']);
  });

  it.each([
    ['shards without their count', { BOT_SHARD_IDS: '0' }],
    ['a shard beyond the count', { BOT_SHARD_IDS: '2', BOT_SHARD_COUNT: '2' }],
    ['something else than a shard', { BOT_SHARD_IDS: 'x', BOT_SHARD_COUNT: '2' }],
  ])('refuses %s', (_case, wrong) => {
    expect(catchProblems({ ...good, ...wrong })[0]).toContain('BOT_SHARD_IDS');
  });
});

function catchProblems(environment: Record<string, string>): readonly string[] {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof EnvironmentError) return error.problems;
    throw error;
  }
  return [];
}
