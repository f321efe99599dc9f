import { describe, expect, it } from 'vitest';
import { readEnvironment } from './config.js';

describe('the environment', () => {
  it('needs nothing', () => {
    expect(readEnvironment({})).toMatchObject({
      settings: {
        SIMULATOR_PORT: 4_400,
        SIMULATOR_HOST: '127.0.0.1',
        DEMO_ACTIVITY: 'on',
        GUILDHALL_DATA_DIR: '.data',
      },
    });
  });

  it('treats a variable that is set to nothing as not set', () => {
    expect(readEnvironment({ SIMULATOR_PORT: '' })).toMatchObject({ settings: { SIMULATOR_PORT: 4_400 } });
  });

  it('takes several redirect URIs', () => {
    const read = readEnvironment({ DISCORD_CALLBACK_URL: 'http://localhost:3000/a, http://localhost:4000/b' });
    expect(read).toMatchObject({
      settings: { DISCORD_CALLBACK_URL: ['http://localhost:3000/a', 'http://localhost:4000/b'] },
    });
  });

  it('lists every problem at once, in one line', () => {
    const read = readEnvironment({ SIMULATOR_PORT: '99999', DEMO_ACTIVITY: 'maybe', DISCORD_CLIENT_ID: 'abc' });
    expect(read).toHaveProperty(
      'problems',
      expect.stringMatching(/^SIMULATOR_PORT: .*; DEMO_ACTIVITY: .*; DISCORD_CLIENT_ID: .*$/),
    );
  });

  it('is refused in production unless asked for by name', () => {
    expect(readEnvironment({ NODE_ENV: 'production' })).toHaveProperty(
      'problems',
      expect.stringContaining('SIMULATOR_ALLOW_PRODUCTION=1'),
    );
    expect(readEnvironment({ NODE_ENV: 'production', SIMULATOR_ALLOW_PRODUCTION: '1' })).toHaveProperty('settings');
  });
});
