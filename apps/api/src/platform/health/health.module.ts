import { Global, Module } from '@nestjs/common';
import { DatabaseHealth } from './database.health.js';
import { HealthIndicators } from './health-indicators.js';
import { HealthController } from './health.controller.js';

@Global()
@Module({
  controllers: [HealthController],
  providers: [HealthIndicators, DatabaseHealth],
  exports: [HealthIndicators],
})
export class HealthModule {}
