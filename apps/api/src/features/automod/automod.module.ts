import { Module } from '@nestjs/common';
import { AutomodIngestRepository } from './automod-ingest.repository.js';
import { AutomodIngest } from './automod.ingest.js';

@Module({ providers: [AutomodIngest, AutomodIngestRepository] })
export class AutomodModule {}
