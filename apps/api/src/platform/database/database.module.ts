import { connect, type Connection, type Database } from '@guildhall/database';
import { Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';
import type { ApiConfig } from '../../config.js';
import { API_CONFIG } from '../config/config.module.js';
import { LOGGER } from '../logging/logging.module.js';

/** Token of the open database; only repositories and the platform inject it. */
export const DATABASE = Symbol('Database');

/** Token of the connection itself, for what watches its health. */
export const CONNECTION = Symbol('Connection');

const POOL_SIZE = 16;

@Global()
@Module({
  providers: [
    {
      provide: CONNECTION,
      inject: [API_CONFIG, LOGGER],
      useFactory: (config: ApiConfig, logger: Logger): Connection =>
        connect({
          url: config.DATABASE_URL,
          poolSize: POOL_SIZE,
          applicationName: 'guildhall-api',
          onError: (error) => logger.warn({ err: error }, 'an idle database connection failed'),
        }),
    },
    { provide: DATABASE, inject: [CONNECTION], useFactory: (connection: Connection): Database => connection.database },
  ],
  exports: [DATABASE, CONNECTION],
})
export class DatabaseModule implements OnApplicationShutdown {
  constructor(@Inject(CONNECTION) private readonly connection: Connection) {}

  async onApplicationShutdown(): Promise<void> {
    await this.connection.close();
  }
}
