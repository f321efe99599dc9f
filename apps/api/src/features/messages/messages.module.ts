import { Module } from '@nestjs/common';
import { MembersModule } from '../members/index.js';
import { MessagePartitionsRepository } from './message-partitions.repository.js';
import { MessagesIngestRepository } from './messages-ingest.repository.js';
import { MessagesController } from './messages.controller.js';
import { MessagesIngest } from './messages.ingest.js';
import { MessagesJobs } from './messages.jobs.js';
import { MessagesRepository } from './messages.repository.js';
import { MessagesService } from './messages.service.js';

@Module({
  imports: [MembersModule],
  controllers: [MessagesController],
  exports: [MessagesService],
  providers: [
    MessagesRepository,
    MessagesService,
    MessagePartitionsRepository,
    MessagesIngest,
    MessagesIngestRepository,
    MessagesJobs,
  ],
})
export class MessagesModule {}
