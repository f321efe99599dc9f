import type { BotEvent } from '@guildhall/contracts';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { BotEventHandlers, type IngestContext } from '../../platform/ingest/bot-event-handlers.js';
import { type InviteDeletion, InvitesIngestRepository } from './invites-ingest.repository.js';

/** Stores what bots report about invites. */
@Injectable()
export class InvitesIngest implements OnModuleInit {
  constructor(
    private readonly handlers: BotEventHandlers,
    private readonly invites: InvitesIngestRepository,
  ) {}

  onModuleInit(): void {
    this.handlers.register('invite_create', (events, context) => this.create(events, context));
    this.handlers.register('invite_delete', (events, context) => this.delete(events, context));
  }

  private async create(events: readonly BotEvent<'invite_create'>[], { transaction }: IngestContext): Promise<void> {
    const byCode = new Map(events.map(({ guildId, data }) => [data.code, { guildId, ...data }]));
    await this.invites.upsert(transaction, [...byCode.values()]);
  }

  private async delete(events: readonly BotEvent<'invite_delete'>[], { transaction }: IngestContext): Promise<void> {
    const byCode = new Map<string, InviteDeletion>();
    for (const { guildId, data, timestamp: deletedAt } of events) {
      const known = byCode.get(data.code);
      if (!known || Date.parse(deletedAt) < Date.parse(known.deletedAt)) {
        byCode.set(data.code, { guildId, ...data, deletedAt });
      }
    }
    await this.invites.bury(transaction, [...byCode.values()]);
  }
}
