import type { BotEvent } from '@guildhall/contracts';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { BotEventHandlers, type IngestContext } from '../../platform/ingest/bot-event-handlers.js';
import { PresencesIngestRepository, type ReportedPresence } from './presences-ingest.repository.js';

/** Stores how members are shown: online, idle, busy, offline. */
@Injectable()
export class PresencesIngest implements OnModuleInit {
  constructor(
    private readonly handlers: BotEventHandlers,
    private readonly presences: PresencesIngestRepository,
  ) {}

  onModuleInit(): void {
    this.handlers.register('presence_update', (events, context) => this.report(events, context));
    this.handlers.register('presence_chunk', async (events, context) => {
      for (const event of events) await this.storePart(event, context);
    });
  }

  private async report(
    events: readonly BotEvent<'presence_update' | 'presence_chunk'>[],
    { transaction, publish }: IngestContext,
  ): Promise<void> {
    const changed = await this.presences.report(transaction, newest(events));
    for (const { guildId, userId: id, status } of changed) {
      publish({ name: 'presence.updated', guildId, item: { id, status } });
    }
  }

  private async storePart(event: BotEvent<'presence_chunk'>, context: IngestContext): Promise<void> {
    const { guildId, data, timestamp: updatedAt } = event;
    const namedIds = data.presences.map(({ userId }) => userId);
    await this.report([event], context);
    const gone = await this.presences.clearUnnamed(context.transaction, { ...data, guildId, namedIds, updatedAt });
    for (const id of gone) context.publish({ name: 'presence.updated', guildId, item: { id, status: 'offline' } });
  }
}

/** One status for each person in each guild: the newest. The database merges by the same rule. */
function newest(events: readonly BotEvent<'presence_update' | 'presence_chunk'>[]): ReportedPresence[] {
  const byPerson = new Map<string, ReportedPresence>();
  for (const { guildId, data, timestamp: updatedAt } of events) {
    for (const presence of data.presences) {
      const key = `${guildId} ${presence.userId}`;
      const known = byPerson.get(key);
      if (!known || Date.parse(updatedAt) >= Date.parse(known.updatedAt)) {
        byPerson.set(key, { ...presence, guildId, updatedAt });
      }
    }
  }
  return [...byPerson.values()];
}
