import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { builtFile } from './built.js';

export interface RunningBot {
  /** Address of health and metrics. */
  url: string;
  /** What it logged so far. */
  log: Record<string, unknown>[];
  kill: (signal: NodeJS.Signals) => Promise<number | null>;
  /** Closes the channel to its parent, as the parent's own end would. */
  abandon: () => Promise<number | null>;
}

let main: string | undefined;

/** Starts the built bot as a process of its own, as Sapphire keeps one client per process. */
function spawnBot(environment: Record<string, string>): ChildProcess {
  main ??= builtFile('main.js');
  const { PATH = '' } = process.env;
  return spawn(process.execPath, [main], {
    env: { PATH, BOT_PORT: '0', LOG_LEVEL: 'debug', ...environment },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
}

/** Starts the bot and waits until it is ready on Discord. @throws Error with its last words when it ends instead */
export async function startBot(environment: Record<string, string>): Promise<RunningBot> {
  const child = spawnBot(environment);
  const log: Record<string, unknown>[] = [];
  const exited = once(child, 'exit') as Promise<[number | null]>;
  if (!child.stdout || !child.stderr) throw new Error('the bot has no output');
  createInterface({ input: child.stdout }).on('line', (line) => log.push(JSON.parse(line) as Record<string, unknown>));
  let lastWords = '';
  child.stderr.on('data', (data) => (lastWords += String(data)));
  const ready = once(child, 'message') as Promise<[{ url: string }]>;
  const url = await Promise.race([
    ready.then(([message]) => message.url),
    exited.then(([code]) => Promise.reject(new Error(`the bot ended with ${code}: ${lastWords}`))),
  ]);
  const kill = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    const [code] = await exited;
    return code;
  };
  const abandon = async () => {
    child.disconnect();
    const [code] = await exited;
    return code;
  };
  return { url, log, kill, abandon };
}

/**
 * Runs the bot until it ends, and gives its exit code and stderr. It is told to stop once it has logged `stopAt`; without
 * that it must end by itself.
 */
export async function runBotToEnd(
  environment: Record<string, string>,
  stopAt?: string,
): Promise<{ code: number | null; stderr: string }> {
  const child = spawnBot(environment);
  let stderr = '';
  child.stdout?.on('data', (data) => {
    if (stopAt !== undefined && String(data).includes(stopAt)) child.kill('SIGTERM');
  });
  child.stderr?.on('data', (data) => (stderr += String(data)));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stderr };
}
