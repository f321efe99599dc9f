import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readCliConfig } from './config.js';
import { loadSecrets } from './data/secrets.js';
import { makePlan, type Plan } from './plan.js';

const folder = mkdtempSync(join(tmpdir(), 'guildhall-plan-'));
const secrets = loadSecrets(join(folder, 'secrets.json'));

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function planOf(environment: NodeJS.ProcessEnv): Plan {
  return makePlan({
    config: readCliConfig(environment).config,
    secrets,
    environment,
    databaseUrl: 'postgresql://127.0.0.1:5432/guildhall',
    dataDir: folder,
    webDist: '/nowhere',
  });
}

describe('makePlan', () => {
  it('moves every address together with its port', () => {
    const { webUrl, simulatorUrl, environments } = planOf({
      PORT: '5000',
      GATEWAY_PORT: '5001',
      SIMULATOR_PORT: '5002',
    });
    expect([webUrl, simulatorUrl]).toEqual(['http://localhost:5000', 'http://localhost:5002']);
    expect(environments.api).toMatchObject({
      PORT: '5000',
      GATEWAY_URL: 'http://127.0.0.1:5001',
      DISCORD_API_URL: 'http://localhost:5002/api',
      DISCORD_CALLBACK_URL: 'http://localhost:5000/api/auth/discord/callback',
    });
    expect(environments.bot).toMatchObject({ API_URL: 'http://127.0.0.1:5000', GATEWAY_URL: 'http://127.0.0.1:5001' });
    expect(JSON.stringify(environments)).not.toMatch(/:(3000|3001|4400)\b/);
  });

  it('runs against Discord when there is a token, and never hands it the application of the local Discord', () => {
    const { simulatorUrl, environments } = planOf({
      DISCORD_TOKEN: 'real-token',
      DISCORD_CLIENT_ID: '123456789012345678',
      DISCORD_CLIENT_SECRET: 'real-secret',
    });
    expect(simulatorUrl).toBeUndefined();
    expect(environments.simulator).toBeUndefined();
    expect(environments.bot.DISCORD_TOKEN).toBe('real-token');
    expect(environments.bot.DISCORD_API_URL).toBeUndefined();
    expect(JSON.stringify(environments)).not.toContain(secrets.simulator.DISCORD_TOKEN);
  });

  it('gives each process the secrets it needs and no other', () => {
    const { environments } = planOf({ AWS_SECRET_ACCESS_KEY: 'of somebody else' });
    expect(environments.gateway).not.toHaveProperty('JWT_SECRET');
    expect(environments.gateway).not.toHaveProperty('SERVICE_TOKEN');
    expect(environments.bot).not.toHaveProperty('DATABASE_URL');
    expect(environments.simulator).not.toHaveProperty('GATEWAY_SECRET');
    expect(JSON.stringify(environments)).not.toContain('of somebody else');
  });

  it('lists what is wrong for every process at once', () => {
    const broken = { JWT_SECRET: 'short', BOT_SHARD_COUNT: 'many', GATEWAY_SECRET: 'short' };
    expect(() => planOf(broken)).toThrow(/GATEWAY_SECRET.*JWT_SECRET.*BOT_SHARD_COUNT/);
  });

  it('hands the API what it shares with others, under its older names too, and to nobody else', () => {
    const given = { SMTP_URL: 'smtp://mail', S3_URL: 'https://key:secret@s3.example/files', REDIS_HOST: 'redis' };
    const { environments } = planOf(given);
    expect(environments.api).toMatchObject(given);
    for (const name of ['gateway', 'bot', 'simulator'] as const) {
      expect(Object.keys(environments[name] ?? {})).not.toContain('SMTP_URL');
      expect(JSON.stringify(environments[name])).not.toContain('key:secret');
    }
    expect(() => planOf({ REDIS_URL: 'http://redis' })).toThrow('REDIS_URL: must be a redis:// or rediss:// URL');
  });

  it('shows the mails of the API in the local Discord', () => {
    const { api, simulator } = planOf({}).environments;
    expect(simulator?.SIMULATOR_MAIL_DIR).toBe(join(folder, 'mail'));
    expect(api.GUILDHALL_DATA_DIR).toBe(folder);
  });
});
