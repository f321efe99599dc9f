import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HealthIndicators } from '../health/health-indicators.js';
import { KeyValueStore } from './key-value-store.js';
import { RedisKeyValueStore } from './redis-key-value-store.js';

/** Shows Redis among the dependencies, where it is used. */
@Injectable()
export class RedisHealth implements OnModuleInit {
  constructor(
    private readonly store: KeyValueStore,
    private readonly indicators: HealthIndicators,
  ) {}

  onModuleInit(): void {
    const { store } = this;
    if (!(store instanceof RedisKeyValueStore)) return;
    this.indicators.register('redis', async () => {
      await store.ping();
      return { status: 'up' };
    });
  }
}
