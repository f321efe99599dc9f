import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startEmbeddedPostgres } from '../../packages/database/src/embedded/index.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** A PostgreSQL server on which `createTestDatabase` makes a database per spec file. */
    postgresUrl: string;
  }
}

/**
 * Gives all specs of a run one PostgreSQL server: `TEST_DATABASE_URL` when it is set, else an embedded one that is gone
 * afterwards.
 */
export default async function providePostgres(project: TestProject): Promise<() => Promise<void>> {
  const external = process.env.TEST_DATABASE_URL;
  if (external) {
    project.provide('postgresUrl', external);
    return () => Promise.resolve();
  }
  const dataDir = mkdtempSync(join(tmpdir(), 'guildhall-test-postgres-'));
  chmodSync(dataDir, 0o755);
  const postgres = await startEmbeddedPostgres({ dataDir, isThrowAway: true });
  project.provide('postgresUrl', postgres.url);
  return async () => {
    await postgres.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
}
