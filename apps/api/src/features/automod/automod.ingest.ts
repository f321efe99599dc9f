import { Injectable, type OnModuleInit } from '@nestjs/common';
import { BotEventHandlers } from '../../platform/ingest/bot-event-handlers.js';
import { AutomodIngestRepository } from './automod-ingest.repository.js';

/** Stores what Discord's own AutoMod did. */
@Injectable()
export class AutomodIngest implements OnModuleInit {
  constructor(
    private readonly handlers: BotEventHandlers,
    private readonly executions: AutomodIngestRepository,
  ) {}

  onModuleInit(): void {
    this.handlers.register('automod_execution', (events, { transaction }) =>
      this.executions.keep(
        transaction,
        events.map(({ id, guildId, data, timestamp }) => ({ id, guildId, at: new Date(timestamp), ...data })),
      ),
    );
  }
}
