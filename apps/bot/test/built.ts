import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const appFolder = dirname(import.meta.dirname);

/** Brings `dist` up to date, for specs that need a process of its own, and gives the path of a file in it. */
export function builtFile(path: string): string {
  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  execFileSync(process.execPath, [tsc, '-b', appFolder], { stdio: 'inherit' });
  return join(appFolder, 'dist', path);
}
