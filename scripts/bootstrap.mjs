// Runs on the Node that is there (20.19 or newer): installs what is missing, builds what is stale, and hands over to the
// Node 24 that npm installed. Plain JavaScript without dependencies, because at first there is nothing else.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BootstrapError } from './bootstrap/error.mjs';
import { installIfNeeded, requireSupportedNode } from './bootstrap/install.mjs';
import { buildStaleParts, isEverythingCurrent } from './bootstrap/build.mjs';
import { withLock } from './bootstrap/lock.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

const programs = {
  start: ['apps/cli/dist/main.js', 'start'],
  test: ['scripts/test.mjs'],
  check: ['scripts/check.mjs'],
  bench: ['bench/main.ts'],
  configuration: ['scripts/configuration.mjs'],
};

function bundledNode() {
  const node = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(node)) return node;
  throw new BootstrapError('The bundled Node 24 is missing: delete the folder node_modules and try again.');
}

/** Runs the program on Node 24 and ends with its exit code; signals are for it to handle. */
function handOver([file, ...fixed], extra) {
  // The channel lets the program notice when this script is killed.
  const child = spawn(bundledNode(), [join(root, file), ...fixed, ...extra], {
    cwd: root,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  stopWithNpm(child);
  child.on('exit', (code) => process.exit(code ?? 1));
}

/** A killed npm cannot tell; without it nobody would stop what it started. */
function stopWithNpm(child) {
  if (process.env.npm_lifecycle_event === undefined) return;
  const npm = process.ppid;
  setInterval(() => {
    if (process.ppid !== npm) child.kill('SIGTERM');
  }, 500).unref();
}

try {
  const [name = '', ...extra] = process.argv.slice(2);
  const program = programs[name];
  if (!program) throw new BootstrapError(`Usage: node scripts/bootstrap.mjs ${Object.keys(programs).join('|')}`);
  requireSupportedNode();
  if (!isEverythingCurrent(root)) {
    await withLock(join(root, '.bootstrap.lock'), async () => {
      await installIfNeeded(root);
      await buildStaleParts(root, bundledNode());
    });
  }
  handOver(program, extra);
} catch (error) {
  console.error(error instanceof BootstrapError ? `Guildhall: ${error.message}` : error);
  process.exit(1);
}
