#!/usr/bin/env node
// Plain JavaScript, because npm links it before anything is built and an older Node may run it.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));
if (!existsSync(main)) {
  console.error('Guildhall is not built yet: run "npm start" once.');
  process.exit(1);
}
const bundledNode = join(dirname(createRequire(import.meta.url).resolve('node/package.json')), 'bin', 'node');
const node = existsSync(bundledNode) ? bundledNode : process.execPath;
const child = spawn(node, [main, ...process.argv.slice(2)], { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code) => process.exit(code ?? 1));
