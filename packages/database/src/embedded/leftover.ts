import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { EmbeddedPostgresError } from './errors.js';

/** How long a left-over PostgreSQL may take for an orderly end, then for an abrupt one. */
const patienceMs = { fast: 20_000, immediate: 10_000 };

/**
 * Deals with what a killed Guildhall left behind: a PostgreSQL that still runs on this cluster is stopped, and the lock
 * file of one that is gone is removed (its number may belong to another program by now, which PostgreSQL would take for
 * a running server).
 * @throws EmbeddedPostgresError when the other PostgreSQL does not stop
 */
export async function clearLeftover(cluster: string): Promise<void> {
  const lockFile = join(cluster, 'postmaster.pid');
  if (!existsSync(lockFile)) return;
  const pid = Number.parseInt(readFileSync(lockFile, 'utf8'), 10);
  if (pid > 0 && isPostgresOf(pid, cluster)) await stopProcess(pid, cluster);
  rmSync(lockFile, { force: true });
}

async function stopProcess(pid: number, cluster: string): Promise<void> {
  for (const [signal, limitMs] of [
    ['SIGINT', patienceMs.fast],
    ['SIGQUIT', patienceMs.immediate],
  ] as const) {
    if (isPostgresOf(pid, cluster)) process.kill(pid, signal);
    for (let waitedMs = 0; waitedMs < limitMs; waitedMs += 50) {
      if (!isPostgresOf(pid, cluster)) return;
      await delay(50);
    }
  }
  throw new EmbeddedPostgresError(
    `Another PostgreSQL (process ${pid}) still uses ${cluster} and does not stop: end it, then start again.`,
  );
}

/** Numbers of processes are used again, so a number alone proves nothing. */
function isPostgresOf(pid: number, cluster: string): boolean {
  if (process.platform === 'linux') {
    try {
      const program = basename(readlinkSync(`/proc/${pid}/exe`)).replace(' (deleted)', '');
      return program === 'postgres' && readlinkSync(`/proc/${pid}/cwd`) === realpathSync(cluster);
    } catch {
      // Gone, or another user's: in both cases not ours to stop.
      return false;
    }
  }
  if (process.platform === 'win32') return false;
  const { stdout } = spawnSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  return stdout.includes('postgres') && stdout.includes(cluster);
}
