import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { nodeProcess } from './node-process.js';
import type { Service } from './service.js';
import { Supervisor } from './supervisor.js';

let folder: string;
let journal: string;
let supervisors: Supervisor[] = [];

/** Every script appends what happens to it to one journal. */
const prelude = `
  import { appendFileSync } from 'node:fs';
  const note = (what) => appendFileSync(process.env.JOURNAL, process.env.NAME + ' ' + what + ' ' + process.pid + '\\n');
  note('starts');
`;
const serves = `${prelude}
  const stop = () => { note('stops'); process.exit(0); };
  process.on('SIGTERM', stop);
  process.on('disconnect', stop);
  process.send({ type: 'ready', url: 'http://127.0.0.1' });
`;

function script(name: string, source: string): Service {
  const entry = join(folder, `${name}.mjs`);
  writeFileSync(entry, source);
  return nodeProcess({
    title: `The ${name}`,
    entry,
    environment: { JOURNAL: journal, NAME: name },
    logFile: join(folder, `${name}.log`),
    onLine: () => undefined,
  });
}

function supervise(giveUp = vi.fn(), report = vi.fn()): Supervisor {
  const supervisor = new Supervisor({
    report,
    giveUp,
    restarts: { max: 2, windowMs: 60_000, firstDelayMs: 1, maxDelayMs: 2 },
  });
  supervisors.push(supervisor);
  return supervisor;
}

function entries(): { name: string; what: string; pid: number }[] {
  return readFileSync(journal, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const [name = '', what = '', pid] = line.split(' ');
      return { name, what, pid: Number(pid) };
    });
}

function events(): string[] {
  return entries().map(({ name, what }) => `${name} ${what}`);
}

function lastPid(name: string): number {
  return entries().findLast((entry) => entry.name === name)!.pid;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'guildhall-supervisor-'));
  journal = join(folder, 'journal');
  writeFileSync(journal, '');
  supervisors = [];
});

afterEach(async () => {
  await Promise.all(supervisors.map((supervisor) => supervisor.stop()));
  rmSync(folder, { recursive: true, force: true });
});

describe('Supervisor', () => {
  it('starts in the given order, each after the one before is ready, and stops in reverse', async () => {
    const supervisor = supervise();
    await supervisor.start(script('gateway', serves));
    await supervisor.start(script('api', serves));
    await supervisor.start(script('bot', serves));
    await supervisor.stop();
    expect(events()).toEqual(['gateway starts', 'api starts', 'bot starts', 'bot stops', 'api stops', 'gateway stops']);
  });

  it('tells the one line of a process that cannot start', async () => {
    const refuses = `${prelude} console.log('{"level":30}'); console.error('Guildhall gateway: port 3001 is taken.'); process.exit(1);`;
    await expect(supervise().start(script('gateway', refuses))).rejects.toThrow('the gateway: port 3001 is taken.');
  });

  it('points to the log of a process that ends without a word', async () => {
    const silent = `${prelude} process.exit(7);`;
    await expect(supervise().start(script('api', silent))).rejects.toThrow(
      `The api did not start (exit code 7); see ${join(folder, 'api.log')}.`,
    );
  });

  it('does not wait for the others of a group when one of it cannot start', async () => {
    const supervisor = supervise();
    const never = `${prelude} setInterval(() => {}, 1000);`;
    await expect(
      supervisor.start(script('slow', never), script('broken', `${prelude} process.exit(1);`)),
    ).rejects.toThrow('The broken did not start');
    await supervisor.stop();
    expect(entries().filter(({ pid }) => isAlive(pid))).toEqual([]);
  });

  it('starts a process again that was killed', async () => {
    const report = vi.fn();
    const supervisor = supervise(vi.fn(), report);
    await supervisor.start(script('gateway', serves));
    const first = lastPid('gateway');
    process.kill(first, 'SIGKILL');
    await vi.waitFor(() => expect(report).toHaveBeenCalledWith('The gateway runs again.'), { timeout: 10_000 });
    expect(report).toHaveBeenCalledWith('The gateway ended unexpectedly (SIGKILL); starting it again.');
    expect(lastPid('gateway')).not.toBe(first);
    await supervisor.stop();
    expect(isAlive(lastPid('gateway'))).toBe(false);
  });

  it('gives what is meant for the first start to no later one', async () => {
    const entry = join(folder, 'simulator.mjs');
    writeFileSync(entry, `${serves} note('reset=' + process.env.RESET);`);
    const service = nodeProcess({
      title: 'The simulator',
      entry,
      environment: { JOURNAL: journal, NAME: 'simulator' },
      firstEnvironment: { RESET: '1' },
      logFile: join(folder, 'simulator.log'),
      onLine: () => undefined,
    });
    await supervise().start(service);
    await vi.waitFor(() => expect(events()).toContain('simulator reset=1'));
    process.kill(lastPid('simulator'), 'SIGKILL');
    await vi.waitFor(() => expect(events()).toContain('simulator reset=undefined'), { timeout: 10_000 });
  });

  it('gives up on a process that keeps ending', async () => {
    const giveUp = vi.fn();
    const supervisor = supervise(giveUp);
    await supervisor.start(script('bot', `${serves} setTimeout(() => process.exit(3), 1);`));
    await vi.waitFor(() => expect(giveUp).toHaveBeenCalledOnce(), { timeout: 20_000 });
    expect(giveUp.mock.calls[0]?.[0]).toBe(
      `The bot ended 3 times in a short while (exit code 3); see ${join(folder, 'bot.log')}.`,
    );
  });

  it('stops a process that is still starting', async () => {
    const supervisor = supervise();
    const started = supervisor.start(script('api', `${prelude} setInterval(() => {}, 1000);`));
    const outcome = started.catch((error: unknown) => (error as Error).message);
    await vi.waitFor(() => expect(events()).toEqual(['api starts']), { timeout: 10_000 });
    await supervisor.stop();
    expect(await outcome).toBe('The api was stopped while it started.');
    expect(isAlive(lastPid('api'))).toBe(false);
  });

  it('ends by force what does not stop when asked', async () => {
    const supervisor = supervise();
    const refuses = `${prelude} process.on('SIGTERM', () => note('refuses')); setInterval(() => {}, 1000); process.send({ type: 'ready', url: 'x' });`;
    await supervisor.start(script('stubborn', refuses));
    await supervisor.stop();
    expect(events()).toContain('stubborn refuses');
    expect(isAlive(lastPid('stubborn'))).toBe(false);
  });

  it('leaves no orphan when the supervisor itself is killed', async () => {
    script('child', serves);
    const parentSource = `
      import { spawn } from 'node:child_process';
      const child = spawn(process.execPath, [${JSON.stringify(join(folder, 'child.mjs'))}], {
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'], detached: true,
        env: { JOURNAL: ${JSON.stringify(journal)}, NAME: 'child' },
      });
      child.on('message', () => process.kill(process.pid, 'SIGKILL'));
    `;
    const parent = join(folder, 'parent.mjs');
    writeFileSync(parent, parentSource);
    spawn(process.execPath, [pathToFileURL(parent).pathname], { stdio: 'ignore' });
    await vi.waitFor(() => expect(events()).toEqual(['child starts', 'child stops']), { timeout: 10_000 });
  });
});
