import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { BootstrapError } from './error.mjs';
import { fingerprintOf, readStamp, writeStamp } from './fingerprint.mjs';
import { areDependenciesCurrent } from './install.mjs';

/** What is built, from what, by what. `outputs` must exist for a part to count as built. */
function partsOf(root) {
  const workspaces = ['packages', 'apps'].flatMap((folder) =>
    readdirSync(join(root, folder)).map((name) => `${folder}/${name}`),
  );
  const nodeWorkspaces = workspaces.filter(
    (path) => path !== 'apps/web' && existsSync(join(root, path, 'tsconfig.json')),
  );
  return [
    {
      name: 'services',
      inputs: [
        'tsconfig.json',
        'tsconfig.base.json',
        ...nodeWorkspaces.flatMap((path) => [`${path}/src`, `${path}/tsconfig.json`, `${path}/package.json`]),
      ],
      outputs: nodeWorkspaces.map((path) => `${path}/dist`),
      module: 'node_modules/typescript/bin/tsc',
      args: ['-b'],
      cwd: '.',
    },
    {
      name: 'dashboard',
      inputs: ['apps/web', 'packages/contracts/src', 'package-lock.json'],
      outputs: ['apps/web/dist'],
      module: 'node_modules/@angular/cli/bin/ng.js',
      args: ['build'],
      cwd: 'apps/web',
    },
  ];
}

function isCurrent(root, part) {
  return (
    part.outputs.every((path) => existsSync(join(root, path))) &&
    readStamp(root, part.name) === fingerprintOf(root, part.inputs)
  );
}

/** The question every start asks, so it has to be answered in a fraction of a second. */
export function isEverythingCurrent(root) {
  return areDependenciesCurrent(root) && partsOf(root).every((part) => isCurrent(root, part));
}

/** Builds the parts whose sources changed since they were built, one after the other to be kind to small machines. */
export async function buildStaleParts(root, node) {
  for (const part of partsOf(root)) {
    if (isCurrent(root, part)) continue;
    console.log(`Building the ${part.name} ...`);
    const fingerprint = fingerprintOf(root, part.inputs);
    const { code, output } = await run(node, [join(root, part.module), ...part.args], join(root, part.cwd));
    if (code !== 0) {
      process.stderr.write(output);
      throw new BootstrapError(`The ${part.name} could not be built; the reason is above.`);
    }
    writeStamp(root, part.name, fingerprint);
  }
}

/** Builders talk a lot; what they say matters only when they fail. */
function run(node, args, cwd) {
  return new Promise((resolve, reject) => {
    const child = spawn(node, args, {
      cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
      // What a builder starts itself must be the bundled Node too.
      env: { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH}`, NG_CLI_ANALYTICS: 'false' },
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
  });
}
