import { Global, Module } from '@nestjs/common';
import { FreshMembers } from '../access/fresh-members.js';
import { ActingPeopleRepository } from './acting-people.repository.js';
import { BucketPolicies } from './bucket-policies.js';
import { DiscordActions } from './discord-actions.js';
import { DiscordLimiter } from './discord-limiter.js';
import { DiscordMembers } from './discord-members.js';
import { DiscordProxy } from './discord-proxy.js';
import { DiscordRest } from './discord-rest.js';
import { DiscordTransport } from './discord-transport.js';

/** Everything between us and Discord's HTTP API. */
@Global()
@Module({
  providers: [
    ActingPeopleRepository,
    BucketPolicies,
    DiscordActions,
    DiscordLimiter,
    DiscordProxy,
    DiscordRest,
    DiscordTransport,
    { provide: FreshMembers, useClass: DiscordMembers },
  ],
  exports: [DiscordActions, DiscordRest, FreshMembers],
})
export class DiscordModule {}
