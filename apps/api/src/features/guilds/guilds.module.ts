import { Module } from '@nestjs/common';
import { MembersModule } from '../members/index.js';
import { MessagesModule } from '../messages/index.js';
import { ChannelsModule } from '../channels/index.js';
import { RolesModule } from '../roles/index.js';
import { SettingsModule } from '../settings/index.js';
import { GuildDataService } from './guild-data.service.js';
import { GuildOverviewService } from './guild-overview.service.js';
import { GuildsIngestRepository } from './guilds-ingest.repository.js';
import { GuildsController } from './guilds.controller.js';
import { GuildsIngest } from './guilds.ingest.js';
import { GuildsJobs } from './guilds.jobs.js';
import { GuildsRepository } from './guilds.repository.js';
import { GuildsService } from './guilds.service.js';

@Module({
  imports: [ChannelsModule, MembersModule, MessagesModule, RolesModule, SettingsModule],
  controllers: [GuildsController],
  providers: [
    GuildsRepository,
    GuildsService,
    GuildOverviewService,
    GuildDataService,
    GuildsIngest,
    GuildsIngestRepository,
    GuildsJobs,
  ],
})
export class GuildsModule {}
