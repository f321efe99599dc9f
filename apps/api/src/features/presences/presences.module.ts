import { Module } from '@nestjs/common';
import { PresencesIngestRepository } from './presences-ingest.repository.js';
import { PresencesIngest } from './presences.ingest.js';

@Module({ providers: [PresencesIngest, PresencesIngestRepository] })
export class PresencesModule {}
