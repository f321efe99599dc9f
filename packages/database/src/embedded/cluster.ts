import { randomBytes } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { giveTo } from './account.js';
import { EmbeddedPostgresError } from './errors.js';
import { runProgram, type PostgresHome } from './program.js';

/** Name of the database and of the role that owns it. Nobody can sign in as PostgreSQL's superuser. */
export const databaseName = 'guildhall';

/** In the data folder, beside the cluster. */
export const passwordFileName = 'password';

/** Files that every cluster has; without one of them PostgreSQL cannot start. */
const vitalFiles = ['PG_VERSION', 'postgresql.conf', 'pg_hba.conf', join('global', 'pg_control')];

/**
 * Creates the cluster on first use and checks it on later ones.
 * @returns the password of the role `guildhall`
 * @throws EmbeddedPostgresError when the data is damaged or was written by another major version
 */
export async function prepareCluster(home: PostgresHome, dataDir: string): Promise<string> {
  const passwordFile = join(dataDir, passwordFileName);
  if (!existsSync(home.cluster)) {
    rmSync(passwordFile, { force: true });
    return createCluster(home, passwordFile);
  }
  checkCluster(home);
  giveTo(home.account, home.cluster);
  return existsSync(passwordFile) ? readFileSync(passwordFile, 'utf8').trim() : resetPassword(home, passwordFile);
}

function checkCluster({ cluster, binaries }: PostgresHome): void {
  if (!isReadable(cluster)) {
    throw new EmbeddedPostgresError(
      `The database in ${cluster} belongs to another user: start Guildhall as the user that made it, or choose another folder with GUILDHALL_DATA_DIR.`,
    );
  }
  const missing = vitalFiles.find((file) => !existsSync(join(cluster, file)));
  if (missing) {
    throw new EmbeddedPostgresError(
      `The database in ${cluster} is damaged (${missing} is missing): restore a backup of that folder, or move it away to begin with an empty database.`,
    );
  }
  const major = Number(readFileSync(join(cluster, 'PG_VERSION'), 'utf8'));
  if (major === binaries.major) return;
  throw new EmbeddedPostgresError(
    `The database in ${cluster} was written by PostgreSQL ${major || 'of an unknown version'}, but this Guildhall brings PostgreSQL ${binaries.major}: ` +
      `${major > binaries.major ? 'update Guildhall' : 'start the Guildhall that wrote it'}, or move the folder away to begin with an empty database.`,
  );
}

function isReadable(folder: string): boolean {
  try {
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EACCES') return false;
    throw error;
  }
}

/** Works beside the final place and renames at the end, so that an interrupted start leaves no half-made cluster. */
async function createCluster(home: PostgresHome, passwordFile: string): Promise<string> {
  const unfinished = { ...home, cluster: `${home.cluster}.unfinished` };
  rmSync(unfinished.cluster, { recursive: true, force: true });
  mkdirSync(unfinished.cluster, { mode: 0o700 });
  giveTo(home.account, unfinished.cluster);
  const { code, output } = await runProgram(unfinished, 'initdb', {
    after: [
      '--username=postgres',
      '--auth-local=reject',
      '--auth-host=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--no-instructions',
    ],
  });
  if (code !== 0) throw failure(home, 'could not be created', output);
  const password = newPassword();
  await runSingleUser(unfinished, [
    `CREATE ROLE ${databaseName} LOGIN CREATEDB PASSWORD '${password}';`,
    `CREATE DATABASE ${databaseName} OWNER ${databaseName};`,
  ]);
  savePassword(passwordFile, password);
  renameSync(unfinished.cluster, home.cluster);
  return password;
}

/** The password exists for one machine only, so a lost one is replaced rather than mourned. */
async function resetPassword(home: PostgresHome, passwordFile: string): Promise<string> {
  const password = newPassword();
  await runSingleUser(home, [`ALTER ROLE ${databaseName} PASSWORD '${password}';`]);
  savePassword(passwordFile, password);
  return password;
}

/** @see https://www.postgresql.org/docs/18/app-postgres.html#APP-POSTGRES-SINGLE-USER */
async function runSingleUser(home: PostgresHome, statements: readonly string[]): Promise<void> {
  const { code, output } = await runProgram(home, 'postgres', {
    before: ['--single'],
    after: ['-c', 'exit_on_error=on', '-c', 'log_statement=none', '-c', 'log_min_error_statement=panic', 'postgres'],
    input: `${statements.join('\n')}\n`,
  });
  if (code !== 0) throw failure(home, 'could not be prepared', output);
}

function failure({ cluster }: PostgresHome, what: string, output: string): EmbeddedPostgresError {
  return new EmbeddedPostgresError(`The database in ${cluster} ${what}: ${complaintOf(output)}`);
}

/** @returns the line in which PostgreSQL says what is wrong, without its time stamp */
export function complaintOf(output: string): string {
  const lines = output
    .split('\n')
    .map((line) => line.trim())
    // Said to whoever asks too early, which is ourselves.
    .filter((line) => !line.includes('the database system is starting up'));
  const complaint = lines.findLast((line) => /(PANIC|FATAL|ERROR|error):/.test(line)) ?? lines.findLast(Boolean) ?? '';
  return complaint.replace(/^.*?(?=(PANIC|FATAL|ERROR|error):)/, '') || 'it gave no reason';
}

/** Hexadecimal, so that it needs quoting neither in SQL nor in a URL. */
function newPassword(): string {
  return randomBytes(24).toString('hex');
}

function savePassword(file: string, password: string): void {
  writeFileSync(file, `${password}\n`, { mode: 0o600 });
  chmodSync(file, 0o600);
}
