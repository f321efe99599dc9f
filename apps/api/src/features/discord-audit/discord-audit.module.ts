import { Module } from '@nestjs/common';
import { BansModule } from '../bans/index.js';
import { DiscordAuditIngestRepository } from './discord-audit-ingest.repository.js';
import { DiscordAuditIngest } from './discord-audit.ingest.js';

@Module({ imports: [BansModule], providers: [DiscordAuditIngest, DiscordAuditIngestRepository] })
export class DiscordAuditModule {}
