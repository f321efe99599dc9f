import { Module } from '@nestjs/common';
import { ScheduledEventsIngestRepository } from './scheduled-events-ingest.repository.js';
import { ScheduledEventsIngest } from './scheduled-events.ingest.js';

@Module({ providers: [ScheduledEventsIngest, ScheduledEventsIngestRepository] })
export class ScheduledEventsModule {}
