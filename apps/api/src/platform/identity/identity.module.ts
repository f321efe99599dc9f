import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AccessTokens } from './access-tokens.js';
import { AuthenticationGuard } from './authentication.guard.js';
import { Authenticator } from './authenticator.js';
import { LiveApiKeys } from './live-api-keys.js';
import { LiveApiKeysRepository } from './live-api-keys.repository.js';
import { LiveSessions } from './live-sessions.js';
import { LiveSessionsRepository } from './live-sessions.repository.js';
import { ServiceCredential } from './service-credential.js';

@Global()
@Module({
  providers: [
    AccessTokens,
    Authenticator,
    LiveApiKeys,
    LiveApiKeysRepository,
    LiveSessions,
    LiveSessionsRepository,
    ServiceCredential,
    { provide: APP_GUARD, useClass: AuthenticationGuard },
  ],
  exports: [AccessTokens, Authenticator, LiveApiKeys, LiveSessions, ServiceCredential],
})
export class IdentityModule {}
