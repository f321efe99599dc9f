import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { StartError } from '@guildhall/process';
import { z } from 'zod';
import type { RunningService, Service } from './service.js';

/** A stop that takes longer is finished by force; what matters is durable before it is acknowledged. */
const STOP_WITHIN_MS = 3_000;

/** Longer than any start, shorter than anybody's patience. */
const READY_WITHIN_MS = 120_000;

const readyMessage = z.object({ type: z.literal('ready'), url: z.string() });

export interface NodeProcessOptions {
  title: string;
  /** Path of the module to run. */
  entry: string;
  environment: Readonly<Record<string, string>>;
  /** Added to the environment of the first start only: what must not happen again when the process is restarted. */
  firstEnvironment?: Readonly<Record<string, string>>;
  logFile: string;
  /** Receives every line the process writes once it serves. */
  onLine: (line: string) => void;
  /** Receives the lines written before that; the reason of a failed start is told by the error instead. */
  onStartLine?: (line: string) => void;
}

/**
 * A Node process that says `{ type: 'ready', url }` over IPC when it serves and stops when that channel closes. It gets
 * a session of its own, so that Ctrl-C in a terminal reaches the supervisor alone, which then stops all in order.
 */
export function nodeProcess(options: NodeProcessOptions): Service {
  let firstEnvironment = options.firstEnvironment;
  return {
    title: options.title,
    logFile: options.logFile,
    start(signal) {
      const environment = { ...options.environment, ...firstEnvironment };
      firstEnvironment = undefined;
      return startProcess({ ...options, environment }, signal);
    },
  };
}

async function startProcess(options: NodeProcessOptions, signal: AbortSignal): Promise<RunningService> {
  if (signal.aborted) throw new StartError(`${options.title} was not started.`);
  const child = spawn(process.execPath, ['--enable-source-maps', options.entry], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: options.environment,
    detached: true,
    windowsHide: true,
  });
  const exited = exitOf(child);
  const running = { exited, stop: () => stopProcess(child, exited) };
  const startLines: string[] = [];
  let isReady = false;
  const read = (line: string): void => {
    if (isReady) return options.onLine(line);
    startLines.push(line);
    options.onStartLine?.(line);
  };
  const drained = Promise.all([followLines(child.stdout, read), followLines(child.stderr, read)]);
  const outcome = await Promise.race([whenReady(child, signal), exited]);
  if (outcome === 'ready') {
    isReady = true;
    return running;
  }
  await running.stop();
  await drained;
  throw new StartError(
    signal.aborted ? `${options.title} was stopped while it started.` : reasonOf(startLines, options, outcome),
  );
}

async function whenReady(child: ChildProcess, signal: AbortSignal): Promise<string> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      resolve(`it did not become ready within ${READY_WITHIN_MS / 1000} s`);
    }, READY_WITHIN_MS);
    const settle = (outcome: string): void => {
      clearTimeout(timer);
      resolve(outcome);
    };
    child.on('message', (message) => {
      if (readyMessage.safeParse(message).success) settle('ready');
    });
    child.once('exit', () => {
      clearTimeout(timer);
    });
    signal.addEventListener('abort', () => {
      settle('stopped');
    });
  });
}

function exitOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => {
      resolve(error.message);
    });
    child.once('exit', (code, signal) => {
      resolve(signal ?? `exit code ${code ?? 'unknown'}`);
    });
  });
}

async function stopProcess(child: ChildProcess, exited: Promise<string>): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  const forced = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
  await exited;
  clearTimeout(forced);
}

async function followLines(stream: Readable | null, onLine: (line: string) => void): Promise<void> {
  if (!stream) return;
  for await (const line of createInterface({ input: stream })) onLine(line);
}

/** A process that cannot start says why in one plain line; what is JSON is its log, and what Node prints is a trace. */
function reasonOf(lines: readonly string[], { title, logFile }: NodeProcessOptions, outcome: string): string {
  const plain = lines.filter((line) => line.trim() !== '' && !line.startsWith('{'));
  const own = plain.find((line) => line.startsWith('Guildhall ')) ?? (plain.length === 1 ? plain[0] : undefined);
  if (own) return own.replace(/^Guildhall (?=\w+: )/, 'the ');
  const thrown = plain.find((line) => /^\w*Error\b.*: /.test(line));
  return `${title} did not start (${thrown ?? outcome}); see ${logFile}.`;
}
