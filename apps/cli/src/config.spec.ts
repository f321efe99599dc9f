import { EnvironmentError } from '@guildhall/contracts';
import { describe, expect, it } from 'vitest';
import { readCliConfig } from './config.js';

function problemsOf(environment: NodeJS.ProcessEnv): readonly string[] {
  try {
    readCliConfig(environment);
  } catch (error) {
    if (error instanceof EnvironmentError) return error.problems;
    throw error;
  }
  return [];
}

describe('readCliConfig', () => {
  it('needs no configuration at all', () => {
    expect(readCliConfig({}).config).toMatchObject({ PORT: 3000, GATEWAY_PORT: 3001, SIMULATOR_PORT: 4400 });
  });

  it('lists every problem at once', () => {
    expect(problemsOf({ PORT: 'three', DATABASE_URL: 'mysql://x', LOG_LEVEL: 'loud' })).toHaveLength(3);
  });

  it('refuses one port for two purposes', () => {
    expect(problemsOf({ PORT: '4000', GATEWAY_PORT: '4000' })).toEqual(['GATEWAY_PORT: must differ from PORT']);
  });

  it('asks for the OAuth2 variables together with a token', () => {
    expect(problemsOf({ DISCORD_TOKEN: 'x', DISCORD_CLIENT_ID: '1' })).toEqual([
      'DISCORD_CLIENT_SECRET: is required with DISCORD_TOKEN, for sign-in',
    ]);
  });

  it('refuses the local Discord in production unless it is asked for by name', () => {
    expect(problemsOf({ NODE_ENV: 'production' })[0]).toMatch(/^DISCORD_TOKEN: is required with NODE_ENV=production/);
    expect(problemsOf({ NODE_ENV: 'production', SIMULATOR_ALLOW_PRODUCTION: '1' })).toEqual([]);
  });

  it('takes an older name and says so', () => {
    const { config, notices } = readCliConfig({ FRONTEND_URL: 'https://guild.example' });
    expect(config.WEB_URL).toBe('https://guild.example');
    expect(notices).toHaveLength(1);
  });
});
