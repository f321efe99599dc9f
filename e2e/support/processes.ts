import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A port that nothing uses right now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  // Safe: a TCP server that listens has an address with a port.
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** One of Guildhall's own processes, run from its build exactly as an operator would run it. */
export class Process {
  #child: ChildProcess | undefined;
  #output = '';

  constructor(
    readonly name: 'api' | 'bot' | 'gateway',
    private readonly environment: Record<string, string>,
  ) {}

  /** What it has printed, for the message of a failed test. */
  get output(): string {
    return this.#output;
  }

  /** Starts it and waits until it says that it serves. */
  async start(): Promise<void> {
    const child = fork(`${root}/apps/${this.name}/dist/main.js`, {
      // Not the test runner's own flags, which would make it run the sources.
      execArgv: [],
      env: { PATH: process.env.PATH, NODE_ENV: 'test', LOG_LEVEL: 'warn', ...this.environment },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => (this.#output += text));
    }
    const ready = new Promise<void>((resolve, reject) => {
      child.once('message', () => {
        resolve();
      });
      child.once('exit', (code) => {
        reject(new Error(`${this.name} ended with ${code} before it was ready:\n${this.#output}`));
      });
    });
    await ready;
  }

  /** Ends it without any warning. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** Asks it to stop and returns its exit code. */
  async stop(): Promise<number | null> {
    return this.#end('SIGTERM');
  }

  async #end(signal: NodeJS.Signals): Promise<number | null> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
    const exit = once(child, 'exit') as Promise<[number | null]>;
    child.kill(signal);
    const [code] = await exit;
    return code;
  }
}
