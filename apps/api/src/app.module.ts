import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import type { Logger } from 'pino';
import type { ApiConfig } from './config.js';
import { ApiKeysModule } from './features/api-keys/index.js';
import { AdminAccountsModule } from './features/admin-accounts/index.js';
import { AuthModule } from './features/auth/index.js';
import { ChannelsModule } from './features/channels/index.js';
import { AuditLogModule } from './features/audit/index.js';
import { FailuresModule } from './features/failures/index.js';
import { PrivacyModule } from './features/privacy/index.js';
import { AutomodModule } from './features/automod/index.js';
import { BansModule } from './features/bans/index.js';
import { DiscordAuditModule } from './features/discord-audit/index.js';
import { InvitesModule } from './features/invites/index.js';
import { PresencesModule } from './features/presences/index.js';
import { ScheduledEventsModule } from './features/scheduled-events/index.js';
import { UsersModule } from './features/users/index.js';
import { VoiceModule } from './features/voice/index.js';
import { GatewayModule } from './features/gateway/gateway.module.js';
import { GuildAccessModule } from './features/access/index.js';
import { GuildsModule } from './features/guilds/index.js';
import { InstanceModule } from './features/instance/index.js';
import { MembersModule } from './features/members/index.js';
import { MessagesModule } from './features/messages/index.js';
import { RolesModule } from './features/roles/index.js';
import { SettingsModule } from './features/settings/index.js';
import { AccessModule } from './platform/access/access.module.js';
import { AuditModule } from './platform/audit/audit.module.js';
import { ChangesModule } from './platform/changes/changes.module.js';
import { Clock } from './platform/clock.js';
import { ClockModule } from './platform/clock.module.js';
import { ConfigModule } from './platform/config/config.module.js';
import { CryptoModule } from './platform/crypto/crypto.module.js';
import { IdempotencyModule } from './platform/idempotency/idempotency.module.js';
import { RateLimitsModule } from './platform/rate-limits/rate-limits.module.js';
import { DatabaseModule } from './platform/database/database.module.js';
import { DiscordModule } from './platform/discord/discord.module.js';
import { FilesModule } from './platform/files/files.module.js';
import { GatewayLinkModule } from './platform/gateway-link/gateway-link.module.js';
import { HealthModule } from './platform/health/health.module.js';
import { HttpModule } from './platform/http/http.module.js';
import { IdentityModule } from './platform/identity/identity.module.js';
import { IngestModule } from './platform/ingest/ingest.module.js';
import { JobsModule } from './platform/jobs/jobs.module.js';
import { KeyValueModule } from './platform/key-value/key-value.module.js';
import { LoggingModule } from './platform/logging/logging.module.js';
import { PersonalDataModule } from './platform/privacy/personal-data.module.js';
import { MailModule } from './platform/mail/mail.module.js';
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
  CryptoModule,
  KeyValueModule,
  FilesModule,
  HealthModule,
  MetricsModule,
  HttpModule,
  RateLimitsModule,
  IdentityModule,
  DiscordModule,
  AccessModule,
  IdempotencyModule,
  JobsModule,
  MailModule,
  RealtimeModule,
  AuditModule,
  ChangesModule,
  PersonalDataModule,
  IngestModule,
  GatewayLinkModule,
];

const features = [
  InstanceModule,
  AuthModule,
  AdminAccountsModule,
  ApiKeysModule,
  SettingsModule,
  GuildAccessModule,
  GuildsModule,
  ChannelsModule,
  RolesModule,
  MembersModule,
  MessagesModule,
  AutomodModule,
  BansModule,
  DiscordAuditModule,
  InvitesModule,
  PresencesModule,
  ScheduledEventsModule,
  UsersModule,
  VoiceModule,
  AuditLogModule,
  FailuresModule,
  PrivacyModule,
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
