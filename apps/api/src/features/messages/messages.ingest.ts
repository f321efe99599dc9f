import type { BotEvent } from '@guildhall/contracts';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { GuildData } from '../../platform/ingest/guild-data.js';
import { BotEventHandlers, type IngestContext } from '../../platform/ingest/bot-event-handlers.js';
import { DiscordUsersRepository } from '../members/index.js';
import { MessageFilter } from './message-filter.js';
import { asFetched, deletionsOf, earliestDeletions, newestEdits } from './message-merge.rules.js';
import { MessagesIngestRepository } from './messages-ingest.repository.js';

/** Stores what bots report about messages. */
@Injectable()
export class MessagesIngest implements OnModuleInit {
  constructor(
    private readonly handlers: BotEventHandlers,
    private readonly guildData: GuildData,
    private readonly messages: MessagesIngestRepository,
    private readonly users: DiscordUsersRepository,
    private readonly filter: MessageFilter,
  ) {}

  onModuleInit(): void {
    this.handlers.register('message_create', (events, context) => this.merge('message.created', events, context));
    this.handlers.register('message_update', (events, context) => this.merge('message.updated', events, context));
    this.handlers.register('message_delete', (events, context) => this.bury(events, context));
    this.handlers.register('message_delete_bulk', (events, context) => this.bury(events, context));
    this.handlers.register('message_history', (events, context) => this.importPast(events, context));
    this.guildData.register('messages', (guildId) => this.messages.purge(guildId));
  }

  private async merge(
    name: 'message.created' | 'message.updated',
    events: readonly BotEvent<'message_create' | 'message_update'>[],
    { transaction, publish }: IngestContext,
  ): Promise<void> {
    const told = newestEdits(events.map(({ guildId, data }) => ({ guildId, message: data })));
    const states = await this.filter.reduce(transaction, told);
    await this.users.addMissing(
      transaction,
      states.map(({ message }) => message.author),
    );
    const changedIds = await this.messages.merge(transaction, states);
    for (const { guildId, message } of states) {
      if (changedIds.has(message.id)) publish({ name, guildId, item: asFetched(message) });
    }
  }

  /** The past is not news: who looks at the guild is told once, at the end, to fetch what it shows. */
  private async importPast(
    events: readonly BotEvent<'message_history'>[],
    { transaction, publish }: IngestContext,
  ): Promise<void> {
    const told = newestEdits(
      events.flatMap(({ guildId, data }) => data.messages.map((message) => ({ guildId, message }))),
    );
    const states = await this.filter.reduce(transaction, told);
    await this.users.addMissing(
      transaction,
      states.map(({ message }) => message.author),
    );
    await this.messages.merge(transaction, states);
    for (const { guildId, data } of events) {
      if (data.isComplete) publish({ name: 'guild.synced', guildId, item: { id: guildId } });
    }
  }

  private async bury(
    events: readonly BotEvent<'message_delete' | 'message_delete_bulk'>[],
    { transaction, publish }: IngestContext,
  ): Promise<void> {
    const deletions = earliestDeletions(events.flatMap(deletionsOf));
    const buriedIds = await this.messages.bury(transaction, deletions);
    for (const { id, guildId, channelId } of deletions) {
      if (buriedIds.has(id)) publish({ name: 'message.deleted', guildId, item: { id, channelId } });
    }
  }
}
