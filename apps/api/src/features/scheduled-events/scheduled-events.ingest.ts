import type { BotEvent } from '@guildhall/contracts';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { BotEventHandlers, type IngestContext } from '../../platform/ingest/bot-event-handlers.js';
import { newestReports } from './newest-reports.rules.js';
import { ScheduledEventsIngestRepository } from './scheduled-events-ingest.repository.js';

type FactsEvent = BotEvent<'scheduled_event_create' | 'scheduled_event_update' | 'scheduled_event_delete'>;

/** Stores what bots report about Discord's scheduled events. */
@Injectable()
export class ScheduledEventsIngest implements OnModuleInit {
  constructor(
    private readonly handlers: BotEventHandlers,
    private readonly scheduledEvents: ScheduledEventsIngestRepository,
  ) {}

  onModuleInit(): void {
    const upsert = async (events: readonly FactsEvent[], { transaction }: IngestContext): Promise<void> =>
      this.scheduledEvents.upsert(transaction, newestReports(events.map(reportOf)));
    this.handlers.register('scheduled_event_create', upsert);
    this.handlers.register('scheduled_event_update', upsert);
    this.handlers.register('scheduled_event_delete', async (events, { transaction }) => {
      // One after the other: of several deletions the earliest counts, of their facts the newest.
      for (const event of events) await this.scheduledEvents.bury(transaction, [reportOf(event)]);
    });
    this.handlers.register('scheduled_event_list', async (events, { transaction }) => {
      for (const { guildId, data, timestamp: reportedAt } of events) {
        const listed = data.scheduledEvents.map((one) => ({ ...one, guildId, reportedAt }));
        await this.scheduledEvents.replaceAll(transaction, guildId, { listed, reportedAt });
      }
    });
  }
}

function reportOf({ guildId, data, timestamp: reportedAt }: FactsEvent) {
  return { ...data, guildId, reportedAt };
}
