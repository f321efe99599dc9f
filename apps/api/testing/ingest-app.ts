import 'reflect-metadata';
import { type Connection, connect, migrate } from '@guildhall/database';
import { createTestDatabase } from '@guildhall/database/testing';
import { IngestService } from '../src/platform/ingest/ingest.service.js';
import { startTestApi, type TestApi } from './api.js';

export interface MigratedDatabase extends Connection {
  url: string;
}

/** An empty, migrated database with a connection of the spec's own; closing it removes the database. */
export async function migratedDatabase(serverUrl: string): Promise<MigratedDatabase> {
  const { url, drop } = await createTestDatabase(serverUrl);
  await migrate(url);
  const connection = connect({ url, applicationName: 'spec', onError: () => undefined });
  return {
    ...connection,
    url,
    close: async () => {
      await connection.close();
      await drop();
    },
  };
}

/** Lets guilds that chose nothing store whole messages, as those of the local Discord do. */
export const WHOLE_MESSAGES = { SIMULATOR_URL: 'http://localhost:4400' };

export interface IngestApp extends TestApi {
  ingest: IngestService;
}

/** The whole API, with the way in for bot events at hand. */
export async function startIngestApp(databaseUrl: string, overrides?: Record<string, string>): Promise<IngestApp> {
  const api = await startTestApi(databaseUrl, overrides);
  return { ...api, ingest: api.app.get(IngestService) };
}
