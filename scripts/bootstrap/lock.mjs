import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { BootstrapError } from './error.mjs';

/** Two starts at once would install into each other: the second waits for the first. */
export async function withLock(file, work, report = console.log) {
  let hasTold = false;
  while (!take(file)) {
    if (!hasTold) report('Another start is installing or building here; waiting for it ...');
    hasTold = true;
    await delay(250);
  }
  const release = () => rmSync(file, { force: true });
  // A Ctrl-C during an installation must not leave the lock behind.
  process.once('exit', release);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, exitWithFailure);
  try {
    return await work();
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.removeListener(signal, exitWithFailure);
    process.removeListener('exit', release);
    release();
  }
}

function exitWithFailure() {
  process.exit(1);
}

function take(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') {
      throw new BootstrapError(
        `${file} cannot be written (${error.code}): start Guildhall as the owner of its folder.`,
      );
    }
  }
  // Left behind by a start that was killed.
  if (!isAlive(holderOf(file))) rmSync(file, { force: true });
  return false;
}

function holderOf(file) {
  try {
    return Number.parseInt(readFileSync(file, 'utf8'), 10);
  } catch (error) {
    if (error.code === 'ENOENT') return process.pid;
    throw error;
  }
}

function isAlive(pid) {
  // Created a moment ago and not yet written.
  if (Number.isNaN(pid)) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
