import { type Environment, readEnvironment } from './config.js';
import { createLogger } from './logger.js';
import { demoApplication } from './options.js';
import { simulatorDirectory, startSimulator, type Simulator } from './simulator.js';
import { StateUnusable } from './state/persistence.js';

const read = readEnvironment(process.env);
if ('problems' in read) fail(`The environment is not valid: ${read.problems}`);
else await run(read.settings);

async function run(settings: Environment): Promise<void> {
  try {
    const simulator = await start(settings);
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop(simulator));
    // The one that started it is gone, so nobody else would stop it.
    process.once('disconnect', () => void stop(simulator));
    process.send?.({ type: 'ready', url: simulator.url });
  } catch (error) {
    fail(explain(error, settings));
  }
}

function start(settings: Environment): Promise<Simulator> {
  return startSimulator({
    port: settings.SIMULATOR_PORT,
    host: settings.SIMULATOR_HOST,
    dataDir: simulatorDirectory(settings.GUILDHALL_DATA_DIR),
    mailDir: settings.SIMULATOR_MAIL_DIR,
    reset: settings.DEMO_RESET === '1',
    seed: 'demo',
    activity: settings.DEMO_ACTIVITY === 'on',
    application: {
      ...demoApplication,
      id: settings.DISCORD_CLIENT_ID,
      botToken: settings.DISCORD_TOKEN,
      clientSecret: settings.DISCORD_CLIENT_SECRET,
      redirectUris: settings.DISCORD_CALLBACK_URL,
    },
    logger: createLogger((line) => process.stdout.write(line)),
  });
}

async function stop(simulator: Simulator): Promise<void> {
  try {
    await simulator.close();
    process.exit(0);
  } catch (error) {
    fail(`The simulator could not stop cleanly: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function explain(error: unknown, { SIMULATOR_PORT, SIMULATOR_HOST }: Environment): string {
  if (error instanceof StateUnusable) return error.message;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE')
    return `Port ${SIMULATOR_PORT} is taken: stop what uses it, or set SIMULATOR_PORT to another one.`;
  if (code === 'EACCES' || code === 'EADDRNOTAVAIL') {
    return `Cannot listen on ${SIMULATOR_HOST}:${SIMULATOR_PORT} (${code}): set SIMULATOR_HOST and SIMULATOR_PORT to an address of this machine.`;
  }
  return `The simulator could not start: ${error instanceof Error ? error.message : String(error)}`;
}

function fail(line: string): void {
  process.stderr.write(`${line}\n`, () => process.exit(1));
}
