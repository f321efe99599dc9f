import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { migrate } from '@guildhall/database';
import { createTestDatabase } from '@guildhall/database/testing';
import { type Simulator, startSimulator } from '@guildhall/discord-simulator';
import pg from 'pg';
import { inject } from 'vitest';
import { freePort, Process } from './processes.js';

const secret = (purpose: string): string => `${purpose}-`.padEnd(40, 'e2e');

const application = {
  id: '900000000000000001',
  name: 'Guildhall',
  botToken: 'OTAwMDAwMDAwMDAwMDAwMDAx.e2e.e2e-bot-token',
  clientSecret: secret('client'),
};

/** A whole Guildhall: the local Discord in this process, everything else as separate processes. */
export interface Guildhall {
  webUrl: string;
  simulator: Simulator;
  database: pg.Pool;
  gateway: Process;
  api: Process;
  bot: Process;
  stop(): Promise<void>;
}

export interface GuildhallOptions {
  seed: 'demo' | 'empty';
  /** Runs before the bot connects, so that what it makes is there at READY. */
  prepare?: (simulator: Simulator) => Promise<void> | void;
}

/** Starts it all on free ports and waits until each part serves. */
export async function startGuildhall(options: GuildhallOptions): Promise<Guildhall> {
  const dataDir = mkdtempSync(join(tmpdir(), 'guildhall-e2e-'));
  const [webPort, gatewayPort] = [await freePort(), await freePort()];
  const webUrl = `http://localhost:${webPort}`;
  const callbackUrl = `${webUrl}/api/auth/discord/callback`;
  const test = await createTestDatabase(inject('postgresUrl'));
  await migrate(test.url);
  const simulator = await startSimulator({
    port: 0,
    seed: options.seed,
    activity: false,
    application: {
      ...application,
      redirectUris: [callbackUrl],
      privilegedIntents: { members: true, presence: true, messageContent: true },
    },
  });
  await options.prepare?.(simulator);
  const shared = {
    GUILDHALL_DATA_DIR: dataDir,
    GATEWAY_URL: `http://127.0.0.1:${gatewayPort}`,
    GATEWAY_SECRET: secret('gateway'),
    SERVICE_TOKEN: secret('service'),
    DISCORD_API_URL: simulator.apiUrl,
    WEB_URL: webUrl,
  };
  const gateway = new Process('gateway', { ...shared, GATEWAY_PORT: String(gatewayPort) });
  const api = new Process('api', {
    ...shared,
    PORT: String(webPort),
    DATABASE_URL: test.url,
    JWT_SECRET: secret('jwt'),
    ENCRYPTION_KEY: 'e2'.repeat(32),
    DISCORD_CLIENT_ID: application.id,
    DISCORD_CLIENT_SECRET: application.clientSecret,
    DISCORD_CALLBACK_URL: callbackUrl,
    SIMULATOR_URL: simulator.url,
    WEB_DIST: fileURLToPath(new URL('../../apps/web/dist/browser', import.meta.url)),
  });
  const bot = new Process('bot', {
    ...shared,
    DISCORD_TOKEN: application.botToken,
    API_URL: `http://127.0.0.1:${webPort}`,
    BOT_PORT: '0',
  });
  const database = new pg.Pool({ connectionString: test.url, max: 2 });
  const stop = async (): Promise<void> => {
    await bot.stop();
    await api.stop();
    await gateway.stop();
    await simulator.close();
    await database.end();
    await test.drop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    await gateway.start();
    await api.start();
    await bot.start();
  } catch (error) {
    await stop();
    throw error;
  }
  return { webUrl, simulator, database, gateway, api, bot, stop };
}
