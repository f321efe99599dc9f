import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { migrate } from '@guildhall/database';
import { createTestDatabase } from '@guildhall/database/testing';
import { type Simulator } from '@guildhall/discord-simulator';
import { startCheckedSimulator } from '@guildhall/discord-simulator/testing';
import pg from 'pg';
import { inject } from 'vitest';
import { freePort, Process } from './processes.js';

const commandLine = fileURLToPath(new URL('../../apps/cli/dist/main.js', import.meta.url));

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
  /** Runs a maintenance command beside the running Guildhall and returns what it printed. */
  command(...args: string[]): string;
  /** The mails that were sent to an address, the oldest first. */
  mailsTo(address: string): Mail[];
  stop(): Promise<void>;
}

export interface Mail {
  to: string;
  subject: string;
  text: string;
  sentAt: string;
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
  const simulator = await startCheckedSimulator({
    port: 0,
    seed: options.seed,
    activity: false,
    mailDir: join(dataDir, 'mail'),
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
  const secrets = {
    DATABASE_URL: test.url,
    JWT_SECRET: secret('jwt'),
    AUDIT_KEY: secret('audit'),
    ENCRYPTION_KEY: 'e2'.repeat(32),
  };
  const api = new Process('api', {
    ...shared,
    ...secrets,
    PORT: String(webPort),
    DISCORD_TOKEN: application.botToken,
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
  const command = (...args: string[]): string =>
    execFileSync(process.execPath, [commandLine, ...args], {
      env: { PATH: process.env.PATH, ...shared, ...secrets },
      encoding: 'utf8',
    });
  const mailsTo = (address: string): Mail[] => readMails(join(dataDir, 'mail')).filter(({ to }) => to === address);
  return { webUrl, simulator, database, gateway, api, bot, command, mailsTo, stop };
}

function readMails(folder: string): Mail[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  // Safe enough for a test: what is not a mail fails the expectations.
  const mails = files.map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Mail);
  return mails.toSorted((a, b) => a.sentAt.localeCompare(b.sentAt));
}
