import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AccessRepository } from './access.repository.js';
import { CapabilityGuard } from './capability.guard.js';
import { FreshStandings } from './fresh-standings.js';
import { GuildAccess } from './guild-access.js';

@Global()
@Module({
  providers: [AccessRepository, FreshStandings, GuildAccess, { provide: APP_GUARD, useClass: CapabilityGuard }],
  exports: [GuildAccess],
})
export class AccessModule {}
