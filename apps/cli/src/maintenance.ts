import { EmbeddedPostgresError, runningServerUrl, startEmbeddedPostgres } from '@guildhall/database';
import { StartError } from '@guildhall/process';
import { readCliConfig } from './config.js';
import { DataFolder, FolderInUse } from './data/data-folder.js';
import { loadSecrets, type Secrets } from './data/secrets.js';
import { migrateDatabase } from './migration.js';

/** What a maintenance command works with. */
export interface Maintenance {
  databaseUrl: string;
  dataDir: string;
  /** The secrets of this machine; those in the environment go before them. */
  secrets: Secrets;
}

/**
 * Does maintenance on the database at `DATABASE_URL`, or on the embedded one, which is started for it unless Guildhall runs
 * already; then the running one is used. The database is at the schema of this version.
 * @throws StartError or EnvironmentError
 */
export async function maintain<T>(
  environment: NodeJS.ProcessEnv,
  work: (maintenance: Maintenance) => Promise<T>,
): Promise<T> {
  const { config } = readCliConfig(environment);
  const folder = openFolder(config.GUILDHALL_DATA_DIR);
  try {
    const { path: dataDir } = folder;
    const secrets = loadSecrets(`${dataDir}/secrets.json`);
    return await withDatabase(folder, config.DATABASE_URL, async (databaseUrl) => {
      await migrateDatabase(databaseUrl);
      return work({ databaseUrl, dataDir, secrets });
    });
  } finally {
    folder.close();
  }
}

/** The data folder of a command that may run beside Guildhall. */
export interface MaintainedFolder {
  path: string;
  /** False while Guildhall runs on it. */
  isOurs: boolean;
  close: () => void;
}

/** Opens the data folder, and locks it when nobody else holds it. @throws StartError when it cannot be used */
export function openFolder(path: string): MaintainedFolder {
  try {
    const folder = DataFolder.open(path);
    return { path: folder.path, isOurs: true, close: () => folder.close() };
  } catch (error) {
    if (!(error instanceof FolderInUse)) throw error;
    return { path: DataFolder.pathOf(path), isOurs: false, close: () => undefined };
  }
}

/** Works with the database at `databaseUrl`, or with the embedded one. @throws StartError when it cannot be started */
export async function withDatabase<T>(
  { path, isOurs }: MaintainedFolder,
  databaseUrl: string | undefined,
  work: (url: string) => Promise<T>,
): Promise<T> {
  if (databaseUrl !== undefined) return work(databaseUrl);
  const dataDir = `${path}/postgres`;
  if (isOurs) return onOwnServer(dataDir, work);
  const url = runningServerUrl(dataDir);
  if (url === null) throw new StartError('Guildhall is just starting: try again in a moment.');
  return work(url);
}

async function onOwnServer<T>(dataDir: string, work: (url: string) => Promise<T>): Promise<T> {
  const postgres = await startEmbeddedPostgres({ dataDir }).catch((error: unknown) => {
    throw error instanceof EmbeddedPostgresError ? new StartError(error.message) : error;
  });
  try {
    return await work(postgres.url);
  } finally {
    await postgres.stop();
  }
}
