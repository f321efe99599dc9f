import { spawn, type ChildProcess } from 'node:child_process';
import type { Account } from './account.js';
import { programPath, type PostgresBinaries } from './binaries.js';

/** How PostgreSQL's programs are run on one cluster. */
export interface PostgresHome {
  readonly binaries: PostgresBinaries;
  readonly account: Account | undefined;
  /** Absolute path of the cluster (PostgreSQL's "data directory"). */
  readonly cluster: string;
}

/**
 * Root hands PostgreSQL its cluster as the working directory, entered before the privileges are dropped: the folders
 * above it may stay closed to the unprivileged account (a clone under `/root`).
 */
function clusterArgument(home: PostgresHome): string {
  return home.account && process.platform === 'linux' ? '/proc/self/cwd' : home.cluster;
}

/**
 * Starts one of PostgreSQL's programs on the cluster. It gets a session of its own, so that Ctrl-C in a terminal reaches
 * Guildhall alone and PostgreSQL is stopped after those who use it.
 */
export function spawnProgram(
  home: PostgresHome,
  program: 'initdb' | 'postgres',
  options: { before?: readonly string[]; after?: readonly string[] } = {},
): ChildProcess {
  return spawn(
    programPath(home.binaries, program),
    [...(options.before ?? []), '-D', clusterArgument(home), ...(options.after ?? [])],
    { ...home.account, cwd: home.cluster, detached: true, stdio: 'pipe', env: environment(), windowsHide: true },
  );
}

/**
 * Runs one of PostgreSQL's programs to its end.
 * @returns its exit code and the last lines it wrote
 */
export async function runProgram(
  home: PostgresHome,
  program: 'initdb' | 'postgres',
  options: { before?: readonly string[]; after?: readonly string[]; input?: string } = {},
): Promise<{ code: number | null; output: string }> {
  const child = spawnProgram(home, program, options);
  let output = '';
  const collect = (chunk: Buffer): void => {
    output = (output + chunk.toString()).slice(-16_384);
  };
  child.stdout?.on('data', collect);
  child.stderr?.on('data', collect);
  // A program that ends early closes its input; its exit code tells the story.
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(options.input ?? '');
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return { code, output };
}

/** PostgreSQL reads `PG*` variables and the locale: it gets neither, so that every machine makes the same cluster. */
function environment(): NodeJS.ProcessEnv {
  const { PATH, SystemRoot, TEMP, TMP } = process.env;
  return Object.fromEntries(
    Object.entries({ PATH, SystemRoot, TEMP, TMP, LC_ALL: 'C', TZ: 'UTC' }).filter(([, value]) => value !== undefined),
  );
}
