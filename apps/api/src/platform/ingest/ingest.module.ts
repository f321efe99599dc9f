import { Global, Module } from '@nestjs/common';
import { BatchWriter } from './batch-writer.js';
import { BotEventHandlers } from './bot-event-handlers.js';
import { GuildData } from './guild-data.js';
import { IngestService } from './ingest.service.js';
import { KnownGuildsRepository } from './known-guilds.repository.js';
import { LanesRepository } from './lanes.repository.js';
import { SetAsideRepository } from './set-aside.repository.js';

@Global()
@Module({
  providers: [
    BatchWriter,
    BotEventHandlers,
    GuildData,
    IngestService,
    KnownGuildsRepository,
    LanesRepository,
    SetAsideRepository,
  ],
  exports: [BotEventHandlers, GuildData, IngestService],
})
export class IngestModule {}
