import { Module } from '@nestjs/common';
import { DiscordUsersRepository } from './discord-users.repository.js';
import { MemberActionsController } from './member-actions.controller.js';
import { MemberActionsService } from './member-actions.service.js';
import { MemberChangesRepository } from './member-changes.repository.js';
import { MemberCopy } from './member-copy.js';
import { MemberListsRepository } from './member-lists.repository.js';
import { MembersIngestRepository } from './members-ingest.repository.js';
import { MembersController } from './members.controller.js';
import { MembersIngest } from './members.ingest.js';
import { MembersRepository } from './members.repository.js';
import { MembersService } from './members.service.js';
import { SyncProgress } from './sync-progress.js';

@Module({
  controllers: [MembersController, MemberActionsController],
  providers: [
    MembersRepository,
    MembersService,
    DiscordUsersRepository,
    MemberActionsService,
    MemberChangesRepository,
    MemberCopy,
    MemberListsRepository,
    MembersIngest,
    MembersIngestRepository,
    SyncProgress,
  ],
  exports: [MembersService, DiscordUsersRepository, MemberCopy, MembersIngestRepository],
})
export class MembersModule {}
