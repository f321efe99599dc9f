import { Global, Module, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { Logger } from 'pino';
import type { ApiConfig } from '../../config.js';
import { Clock } from '../clock.js';
import { API_CONFIG } from '../config/config.module.js';
import { LOGGER } from '../logging/logging.module.js';
import { KeyValueStore } from './key-value-store.js';
import { MemoryKeyValueStore } from './memory-key-value-store.js';
import { RedisKeyValueStore } from './redis-key-value-store.js';
import { RedisHealth } from './redis.health.js';

/** Redis where `REDIS_URL` names one, else the memory of this process. */
@Global()
@Module({
  providers: [
    {
      provide: KeyValueStore,
      inject: [API_CONFIG, Clock, LOGGER],
      useFactory: (config: ApiConfig, clock: Clock, logger: Logger): KeyValueStore =>
        config.REDIS_URL === undefined
          ? new MemoryKeyValueStore(clock)
          : new RedisKeyValueStore(config.REDIS_URL, logger),
    },
    RedisHealth,
  ],
  exports: [KeyValueStore],
})
export class KeyValueModule implements OnModuleInit, OnApplicationShutdown {
  constructor(private readonly store: KeyValueStore) {}

  async onModuleInit(): Promise<void> {
    if (this.store instanceof RedisKeyValueStore) await this.store.settle();
  }

  onApplicationShutdown(): void {
    if (this.store instanceof RedisKeyValueStore) this.store.close();
  }
}
