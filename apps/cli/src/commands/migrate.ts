import { EmbeddedPostgresError, startEmbeddedPostgres } from '@guildhall/database';
import { StartError } from '@guildhall/process';
import { readCliConfig } from '../config.js';
import { DataFolder } from '../data/data-folder.js';
import { migrateDatabase } from '../migration.js';

/**
 * Migrates the database at `DATABASE_URL`, or the embedded one.
 * @throws StartError or EnvironmentError
 */
export async function migrateCommand(environment: NodeJS.ProcessEnv): Promise<void> {
  const { config } = readCliConfig(environment);
  if (config.DATABASE_URL) return migrateDatabase(config.DATABASE_URL);
  const folder = DataFolder.open(config.GUILDHALL_DATA_DIR);
  try {
    const postgres = await startEmbeddedPostgres({ dataDir: folder.file('postgres') });
    try {
      await migrateDatabase(postgres.url);
    } finally {
      await postgres.stop();
    }
  } catch (error) {
    throw error instanceof EmbeddedPostgresError ? new StartError(error.message) : error;
  } finally {
    folder.close();
  }
}
