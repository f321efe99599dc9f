import { maintain } from '../maintenance.js';

/**
 * Migrates the database at `DATABASE_URL`, or the embedded one.
 * @throws StartError or EnvironmentError
 */
export async function migrateCommand(environment: NodeJS.ProcessEnv): Promise<void> {
  await maintain(environment, async () => undefined);
}
