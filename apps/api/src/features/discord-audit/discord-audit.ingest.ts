import { type BotEvent, snowflakeSchema } from '@guildhall/contracts';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { BotEventHandlers, type IngestContext } from '../../platform/ingest/bot-event-handlers.js';
import { BansIngest } from '../bans/index.js';
import { DiscordAuditIngestRepository } from './discord-audit-ingest.repository.js';

/** Stores what Discord writes into its own audit log. */
@Injectable()
export class DiscordAuditIngest implements OnModuleInit {
  constructor(
    private readonly handlers: BotEventHandlers,
    private readonly entries: DiscordAuditIngestRepository,
    private readonly bans: BansIngest,
  ) {}

  onModuleInit(): void {
    this.handlers.register('audit_log_entry', (events, context) => this.keep(events, context));
  }

  private async keep(events: readonly BotEvent<'audit_log_entry'>[], context: IngestContext): Promise<void> {
    const entries = events.map(({ guildId, data }) => ({ guildId, ...data }));
    await this.entries.keep(context.transaction, entries);
    const targets = entries.flatMap(({ guildId, targetId }) => {
      const userId = snowflakeSchema.safeParse(targetId);
      return userId.success ? [{ guildId, userId: userId.data }] : [];
    });
    await this.bans.explain(targets, context);
  }
}
