import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BootstrapError } from './error.mjs';
import { readStamp, writeStamp } from './fingerprint.mjs';

const part = 'dependencies';

/** @throws BootstrapError when this script runs on a Node too old for npm's work */
export function requireSupportedNode(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new BootstrapError(`Node ${version} is too old: install Node 20.19 or newer from https://nodejs.org.`);
}

export function areDependenciesCurrent(root) {
  return existsSync(join(root, 'node_modules', 'node')) && readStamp(root, part) === lockfileHash(root);
}

/**
 * Somebody who runs `npm install` himself has what he needs, so nothing is thrown away then: npm notes what it installed
 * in `node_modules/.package-lock.json`. Only packages for other platforms may be missing from that.
 */
export function isInstalledByHand(root) {
  const noteFile = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(noteFile)) return false;
  const installed = JSON.parse(readFileSync(noteFile, 'utf8')).packages;
  const { '': _own, ...wanted } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  return (
    Object.keys(installed).every((path) => path in wanted) &&
    Object.entries(wanted).every(([path, { version, optional }]) =>
      installed[path] ? installed[path].version === version : optional === true,
    )
  );
}

/** Installs exactly what package-lock.json names, unless that has been done. */
export async function installIfNeeded(root) {
  if (areDependenciesCurrent(root)) return;
  if (isInstalledByHand(root)) {
    writeStamp(root, part, lockfileHash(root));
    return;
  }
  requireSupportedNpm();
  const isFirst = !existsSync(join(root, 'node_modules'));
  console.log(`Installing dependencies (${isFirst ? 'first start only' : 'they have changed'}, about a minute) ...`);
  // The warning that Node 20 is older than some packages like is beside the point: they run on Node 24.
  const code = await run('npm', ['ci', '--loglevel=error', '--no-audit', '--no-fund'], root);
  if (code !== 0) {
    throw new BootstrapError(
      'The dependencies could not be installed (the reason is above): check the network connection and the free disk space, then try again.',
    );
  }
  writeStamp(root, part, lockfileHash(root));
}

function requireSupportedNpm() {
  const agent = /\bnpm\/(\d+)/.exec(process.env.npm_config_user_agent ?? '');
  const version = agent?.[1] ?? spawnSync('npm', ['--version'], { encoding: 'utf8', shell: isWindows }).stdout?.trim();
  if (!version) throw new BootstrapError('npm was not found: install Node 20.19 or newer with npm 11.');
  if (Number.parseInt(version, 10) >= 11) return;
  throw new BootstrapError(`npm ${version} is too old: run "npm install --global npm@11", then try again.`);
}

function lockfileHash(root) {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
}

const isWindows = process.platform === 'win32';

function run(command, args, cwd) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, stdio: 'inherit', shell: isWindows });
    child.on('error', reject);
    child.on('exit', resolve);
  });
}
