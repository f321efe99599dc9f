import { Module } from '@nestjs/common';
import { MembersModule } from '../members/index.js';
import { MessagesModule } from '../messages/index.js';
import { ChannelsModule } from '../channels/index.js';
import { RolesModule } from '../roles/index.js';
import { GuildsIngestRepository } from './guilds-ingest.repository.js';
import { GuildsController } from './guilds.controller.js';
import { GuildsIngest } from './guilds.ingest.js';
import { GuildsJobs } from './guilds.jobs.js';
import { GuildsRepository } from './guilds.repository.js';
import { GuildsService } from './guilds.service.js';

@Module({
  imports: [ChannelsModule, MembersModule, MessagesModule, RolesModule],
  controllers: [GuildsController],
  providers: [GuildsRepository, GuildsService, GuildsIngest, GuildsIngestRepository, GuildsJobs],
})
export class GuildsModule {}
