import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { banner } from '../banner.js';
import { readCliConfig, type CliConfig } from '../config.js';
import { DataFolder } from '../data/data-folder.js';
import { LogFile } from '../data/log-file.js';
import { loadSecrets } from '../data/secrets.js';
import { makePlan, type Plan, type ProcessName } from '../plan.js';
import { migrateDatabase } from '../migration.js';
import { requirePorts } from '../ports.js';
import { logOutput } from '../services/log-output.js';
import { nodeProcess } from '../services/node-process.js';
import { postgresService } from '../services/postgres.js';
import type { Service } from '../services/service.js';
import { Supervisor } from '../services/supervisor.js';
import { neededPorts } from './needed-ports.js';

/** The root of the repository, from `src/commands` as from `dist/commands`. */
const repository = fileURLToPath(new URL('../../../..', import.meta.url));

/** The processes of a killed Guildhall stop by themselves within this time. */
const LEFTOVER_PATIENCE_MS = 10_000;

/** Stands for the embedded database until that has started and its port is known. */
const addressToBe = 'postgresql://127.0.0.1/guildhall';

const folders: Record<ProcessName, string> = {
  simulator: 'packages/discord-simulator',
  gateway: 'apps/gateway',
  api: 'apps/api',
  bot: 'apps/bot',
};

const titles: Record<ProcessName, string> = {
  simulator: 'The local Discord',
  gateway: 'The gateway',
  api: 'The API',
  bot: 'The bot',
};

export interface StartOptions {
  environment: NodeJS.ProcessEnv;
  /** Ends the run in an orderly way. */
  stopSignal: AbortSignal;
  print: (text: string) => void;
}

/**
 * Runs all of Guildhall on this machine until it is told to stop.
 * @returns the exit code: 0 after an orderly stop, 1 when a process could not be kept running
 * @throws StartError or EnvironmentError, after everything that was started has been stopped
 */
export async function start({ environment, stopSignal, print }: StartOptions): Promise<number> {
  const { config, notices } = readCliConfig(environment);
  for (const notice of notices) print(notice);
  const folder = DataFolder.open(config.GUILDHALL_DATA_DIR);
  const marker = folder.file('running');
  try {
    const secrets = loadSecrets(folder.file('secrets.json'));
    const planFor = (databaseUrl: string): Plan =>
      makePlan({
        config,
        secrets,
        environment,
        databaseUrl,
        dataDir: folder.path,
        webDist: join(repository, 'apps', 'web', 'dist', 'browser'),
      });
    // Every setting is looked at before anything runs.
    const { webUrl, simulatorUrl } = planFor(config.DATABASE_URL ?? addressToBe);
    await requirePorts(neededPorts(config), existsSync(marker) ? LEFTOVER_PATIENCE_MS : 0);
    writeFileSync(marker, `${process.pid}\n`);
    const code = await supervise({ config, folder, planFor, stopSignal, print }, () => {
      print(banner({ webUrl, simulatorUrl, isDatabaseEmbedded: !config.DATABASE_URL, dataDir: folder.path }));
    });
    return code;
  } finally {
    rmSync(marker, { force: true });
    folder.close();
  }
}

interface Run {
  config: CliConfig;
  folder: DataFolder;
  planFor: (databaseUrl: string) => Plan;
  stopSignal: AbortSignal;
  print: (text: string) => void;
}

async function supervise(run: Run, onServing: () => void): Promise<number> {
  const failed = Promise.withResolvers<string>();
  const supervisor = new Supervisor({ report: run.print, giveUp: failed.resolve });
  const stopped = new Promise<void>((resolve) => {
    if (run.stopSignal.aborted) resolve();
    run.stopSignal.addEventListener('abort', () => {
      resolve();
    });
  });
  const whenStopped = stopped.then(() => supervisor.stop());
  try {
    await startAll(run, supervisor);
    onServing();
    const failure = await Promise.race([failed.promise, stopped]);
    if (failure) run.print(`Guildhall: ${failure}`);
    return failure ? 1 : 0;
  } catch (error) {
    // What a stop interrupts fails, and that is no failure.
    if (run.stopSignal.aborted) return 0;
    throw error;
  } finally {
    if (run.stopSignal.aborted) await whenStopped;
    await supervisor.stop();
  }
}

/** The simulator and the gateway depend on nothing, so they start while PostgreSQL does. */
async function startAll(run: Run, supervisor: Supervisor): Promise<void> {
  let plan = run.planFor(run.config.DATABASE_URL ?? addressToBe);
  const process = (name: ProcessName): Service => guildhallProcess(run, name, plan);
  const first = [process('gateway'), ...(plan.simulatorUrl ? [process('simulator')] : [])];
  if (run.config.DATABASE_URL) {
    await migrateDatabase(run.config.DATABASE_URL);
    await supervisor.start(...first);
  } else {
    const useDatabase = (url: string): void => {
      plan = run.planFor(url);
    };
    await supervisor.start(embeddedPostgres(run, useDatabase), ...first);
  }
  await supervisor.start(process('api'));
  await supervisor.start(process('bot'));
}

function guildhallProcess({ config, folder, print }: Run, name: ProcessName, plan: Plan): Service {
  const logFile = folder.file('logs', `${name}.log`);
  const file = new LogFile(logFile);
  return nodeProcess({
    title: titles[name],
    entry: join(repository, folders[name], 'dist', 'main.js'),
    environment: plan.environments[name] ?? {},
    ...(name === 'simulator' && { firstEnvironment: { DEMO_RESET: config.DEMO_RESET } }),
    logFile,
    onLine: logOutput(name, file, print),
    onStartLine: (line) => {
      file.write(line);
    },
  });
}

function embeddedPostgres({ folder }: Run, onUrl: (url: string) => void): Service {
  const logFile = folder.file('logs', 'postgres.log');
  const file = new LogFile(logFile);
  return postgresService({
    dataDir: folder.file('postgres'),
    logFile,
    onLine: (line) => {
      file.write(line);
    },
    onReady: async (url) => {
      await migrateDatabase(url);
      onUrl(url);
    },
  });
}
