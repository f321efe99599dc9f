import { Module } from '@nestjs/common';
import { MembersModule } from '../members/index.js';
import { BanActionsService } from './ban-actions.service.js';
import { BansController } from './bans.controller.js';
import { BansIngestRepository } from './bans-ingest.repository.js';
import { BansIngest } from './bans.ingest.js';
import { BansRepository } from './bans.repository.js';
import { BansService } from './bans.service.js';

@Module({
  imports: [MembersModule],
  controllers: [BansController],
  providers: [BansRepository, BansService, BanActionsService, BansIngest, BansIngestRepository],
  exports: [BansIngest],
})
export class BansModule {}
