import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

interface Reply {
  id: number;
  value?: unknown;
  error?: string;
}

/** A process of its own for a part of a benchmark, so that its CPU and memory are nobody else's. */
export class Worker {
  private readonly child: ChildProcess;
  private readonly open = new Map<number, (reply: Reply) => void>();
  private lastId = 0;

  /** @param file relative to this folder */
  constructor(file: string) {
    this.child = fork(fileURLToPath(new URL(file, import.meta.url)), {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.child.on('message', (reply: Reply) => {
      this.open.get(reply.id)?.(reply);
      this.open.delete(reply.id);
    });
    this.child.on('exit', (code) => {
      for (const [id, settle] of this.open) settle({ id, error: `${file} ended with ${String(code)}` });
    });
  }

  /** Has the process do one of its tasks. @throws Error with what went wrong there */
  ask<Value>(task: string, argument?: unknown): Promise<Value> {
    const id = ++this.lastId;
    return new Promise((resolve, reject) => {
      this.open.set(id, ({ value, error }) => {
        if (error === undefined) resolve(value as Value);
        else reject(new Error(error));
      });
      this.child.send({ id, task, argument });
    });
  }

  stop(): void {
    this.child.kill('SIGKILL');
  }
}

/** Serves the tasks that `ask` names, in the process of a worker. */
export function serveTasks(tasks: Record<string, (argument: never) => unknown>): void {
  process.on('message', ({ id, task, argument }: { id: number; task: string; argument: never }) => {
    void Promise.resolve()
      .then(() => tasks[task]?.(argument))
      .then(
        (value) => process.send?.({ id, value }),
        (error: unknown) =>
          process.send?.({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
      );
  });
  process.on('disconnect', () => process.exit(0));
}

/** What a process used while it did something. */
export interface Usage<Value> {
  value: Value;
  /** CPU of the whole process, in microseconds. */
  cpuMicroseconds: number;
  /** Resident memory afterwards, in MiB. */
  memoryMiB: number;
}

/** Measures a task inside its own process. */
export async function withUsage<Value>(act: () => Promise<Value>): Promise<Usage<Value>> {
  const before = process.cpuUsage();
  const value = await act();
  const { user, system } = process.cpuUsage(before);
  return { value, cpuMicroseconds: user + system, memoryMiB: process.memoryUsage.rss() / 2 ** 20 };
}
