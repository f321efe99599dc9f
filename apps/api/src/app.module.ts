import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import type { Logger } from 'pino';
import type { ApiConfig } from './config.js';
import { AuthModule } from './features/auth/index.js';
import { ChannelsModule } from './features/channels/index.js';
import { GatewayModule } from './features/gateway/gateway.module.js';
import { GuildsModule } from './features/guilds/index.js';
import { InstanceModule } from './features/instance/index.js';
import { MembersModule } from './features/members/index.js';
import { MessagesModule } from './features/messages/index.js';
import { RolesModule } from './features/roles/index.js';
import { AccessModule } from './platform/access/access.module.js';
import { Clock } from './platform/clock.js';
import { ClockModule } from './platform/clock.module.js';
import { ConfigModule } from './platform/config/config.module.js';
import { DatabaseModule } from './platform/database/database.module.js';
import { GatewayLinkModule } from './platform/gateway-link/gateway-link.module.js';
import { HealthModule } from './platform/health/health.module.js';
import { HttpModule } from './platform/http/http.module.js';
import { IdentityModule } from './platform/identity/identity.module.js';
import { IngestModule } from './platform/ingest/ingest.module.js';
import { JobsModule } from './platform/jobs/jobs.module.js';
import { KeyValueModule } from './platform/key-value/key-value.module.js';
import { LoggingModule } from './platform/logging/logging.module.js';
import { MetricsModule } from './platform/metrics/metrics.module.js';
import { ProblemFilter } from './platform/problems/problem.filter.js';
import { RealtimeModule } from './platform/realtime/realtime.module.js';
import { ContractValidationPipe } from './platform/validation/contract-validation.pipe.js';

export interface AppParts {
  config: ApiConfig;
  logger: Logger;
  clock?: Clock | undefined;
}

const platform = [
  DatabaseModule,
  KeyValueModule,
  HealthModule,
  MetricsModule,
  HttpModule,
  IdentityModule,
  AccessModule,
  JobsModule,
  RealtimeModule,
  IngestModule,
  GatewayLinkModule,
];

const features = [
  InstanceModule,
  AuthModule,
  GuildsModule,
  ChannelsModule,
  RolesModule,
  MembersModule,
  MessagesModule,
  GatewayModule,
];

/** The whole API. */
@Module({})
export class AppModule {
  static with({ config, logger, clock = new Clock() }: AppParts): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.with(config),
        LoggingModule.with(logger),
        ClockModule.with(clock),
        ...platform,
        ...features,
      ],
      providers: [
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_PIPE, useClass: ContractValidationPipe },
      ],
    };
  }
}
