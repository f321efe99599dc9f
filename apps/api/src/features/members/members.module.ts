import { Module } from '@nestjs/common';
import { DiscordUsersRepository } from './discord-users.repository.js';
import { MemberListsRepository } from './member-lists.repository.js';
import { MembersIngestRepository } from './members-ingest.repository.js';
import { MembersController } from './members.controller.js';
import { MembersIngest } from './members.ingest.js';
import { MembersRepository } from './members.repository.js';
import { MembersService } from './members.service.js';

@Module({
  controllers: [MembersController],
  providers: [
    MembersRepository,
    MembersService,
    DiscordUsersRepository,
    MemberListsRepository,
    MembersIngest,
    MembersIngestRepository,
  ],
  exports: [MembersService, DiscordUsersRepository, MembersIngestRepository],
})
export class MembersModule {}
