import { EmbeddedPostgresError, startEmbeddedPostgres } from '@guildhall/database';
import { StartError } from '@guildhall/process';
import type { Service } from './service.js';

export interface PostgresServiceOptions {
  dataDir: string;
  logFile: string;
  onLine: (line: string) => void;
  /** Told where the database answers, before anything that needs it is started. */
  onReady: (url: string) => Promise<void>;
}

/** The embedded PostgreSQL. Its port is kept in its folder, so that it comes back where its clients look for it. */
export function postgresService(options: PostgresServiceOptions): Service {
  return {
    title: 'PostgreSQL',
    logFile: options.logFile,
    async start() {
      try {
        const postgres = await startEmbeddedPostgres({ dataDir: options.dataDir, log: options.onLine });
        try {
          await options.onReady(postgres.url);
        } catch (error) {
          await postgres.stop();
          throw error;
        }
        return postgres;
      } catch (error) {
        throw error instanceof EmbeddedPostgresError ? new StartError(error.message) : error;
      }
    },
  };
}
