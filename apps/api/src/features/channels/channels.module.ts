import { Module } from '@nestjs/common';
import { ChannelsController } from './channels.controller.js';
import { ChannelsRepository } from './channels.repository.js';
import { ChannelsService } from './channels.service.js';
import { ChannelsIngestRepository } from './channels-ingest.repository.js';
import { ChannelsIngest } from './channels.ingest.js';

@Module({
  controllers: [ChannelsController],
  providers: [ChannelsRepository, ChannelsService, ChannelsIngest, ChannelsIngestRepository],
  exports: [ChannelsIngest],
})
export class ChannelsModule {}
