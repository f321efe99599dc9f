import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { programPath, type PostgresBinaries } from './binaries.js';
import { EmbeddedPostgresError } from './errors.js';

/** The operating-system account PostgreSQL runs under. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** Accounts that serve when Guildhall runs as root, best first: an operator may create one of its own. */
const preferredNames = ['guildhall', 'postgres', 'nobody'];

/** Where root puts programs that an unprivileged account must be able to read. */
const sharedFolder = '/var/lib/guildhall';

/**
 * PostgreSQL refuses to run as root, so root lends it an unprivileged account: the owner of the existing data, else the
 * first of `guildhall`, `postgres` and `nobody` that this machine has.
 * @param cluster folder of the data, which need not exist yet
 * @returns undefined when not root: PostgreSQL then runs as the current user
 * @throws EmbeddedPostgresError when the machine has none of these accounts
 */
export function chooseAccount(cluster: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const accounts = readAccounts();
  const owner = existsSync(cluster) ? statSync(cluster).uid : 0;
  const account =
    [...accounts.values()].find(({ uid }) => uid === owner && uid !== 0) ??
    preferredNames.map((name) => accounts.get(name)).find((candidate) => candidate !== undefined);
  if (account) return account;
  throw new EmbeddedPostgresError(
    'PostgreSQL does not run as root and this machine has no "nobody" account: start Guildhall as an ordinary user, or set DATABASE_URL.',
  );
}

/** Gives a folder and all it holds to the account, unless it has it already. */
export function giveTo(account: Account | undefined, folder: string): void {
  if (!account || lstatSync(folder).uid === account.uid) return;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) giveTo(account, path);
    else if (entry.isFile()) chownSync(path, account.uid, account.gid);
  }
  // Last, so that an interrupted hand-over is taken up again at the next start.
  chownSync(folder, account.uid, account.gid);
}

/**
 * A clone under `/root` is closed to every other account: PostgreSQL's programs are then copied once to
 * `/var/lib/guildhall`. The data stays where it is.
 * @returns the binaries to use for this account
 */
export function reachableBinaries(binaries: PostgresBinaries, account: Account | undefined): PostgresBinaries {
  if (!account || runsAs(account, binaries)) return binaries;
  const folder = join(sharedFolder, `postgresql-${binaries.version}`);
  const copy = { ...binaries, folder };
  if (existsSync(folder) && statSync(folder).uid === 0 && runsAs(account, copy)) return copy;
  try {
    copyForEveryone(binaries.folder, folder);
  } catch (error) {
    throw new EmbeddedPostgresError(
      `Cannot copy PostgreSQL to ${folder}, where an unprivileged account can run it (${(error as Error).message}): ` +
        'clone Guildhall into a folder that every user may enter, or start it as an ordinary user.',
    );
  }
  if (runsAs(account, copy)) return copy;
  throw new EmbeddedPostgresError(
    `PostgreSQL in ${folder} cannot be run by uid ${account.uid}; set DATABASE_URL instead.`,
  );
}

function readAccounts(): Map<string, Account> {
  const accounts = new Map<string, Account>();
  if (!existsSync('/etc/passwd')) return accounts;
  for (const line of readFileSync('/etc/passwd', 'utf8').split('\n')) {
    const [name, , uid, gid] = line.split(':');
    if (name && uid && gid) accounts.set(name, { uid: Number(uid), gid: Number(gid) });
  }
  return accounts;
}

/** Asks the operating system itself, because modes, ACLs and mount options all have a say. */
function runsAs(account: Account, binaries: PostgresBinaries): boolean {
  const run = spawnSync(programPath(binaries, 'postgres'), ['--version'], { ...account, cwd: '/', env: {} });
  const catalog = statSync(join(binaries.folder, 'share', 'postgresql', 'postgres.bki'), { throwIfNoEntry: false });
  return run.status === 0 && catalog !== undefined && (catalog.mode & 0o004) !== 0;
}

function copyForEveryone(source: string, destination: string): void {
  const unfinished = `${destination}.${process.pid}`;
  mkdirSync(sharedFolder, { recursive: true, mode: 0o755 });
  cpSync(source, unfinished, { recursive: true, verbatimSymlinks: true });
  openToEveryone(unfinished);
  rmSync(destination, { recursive: true, force: true });
  renameSync(unfinished, destination);
}

function openToEveryone(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isDirectory()) chmodSync(path, 0o755);
    else if (entry.isFile()) chmodSync(path, statSync(path).mode & 0o100 ? 0o755 : 0o644);
  }
}
