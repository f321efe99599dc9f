import { Module } from '@nestjs/common';
import { MembersModule } from '../members/index.js';
import { SettingsModule } from '../settings/index.js';
import { MessageActionsController } from './message-actions.controller.js';
import { MessageActionsService } from './message-actions.service.js';
import { MessageFilter } from './message-filter.js';
import { MessagePartitionsRepository } from './message-partitions.repository.js';
import { MessagesIngestRepository } from './messages-ingest.repository.js';
import { MessagesController } from './messages.controller.js';
import { MessagesIngest } from './messages.ingest.js';
import { MessagesJobs } from './messages.jobs.js';
import { MessagesRepository } from './messages.repository.js';
import { MessagesService } from './messages.service.js';

@Module({
  imports: [MembersModule, SettingsModule],
  controllers: [MessagesController, MessageActionsController],
  exports: [MessagesService],
  providers: [
    MessagesRepository,
    MessagesService,
    MessageActionsService,
    MessagePartitionsRepository,
    MessageFilter,
    MessagesIngest,
    MessagesIngestRepository,
    MessagesJobs,
  ],
})
export class MessagesModule {}
