import type { BotEvent, Channel, Snowflake } from '@guildhall/contracts';
import type { Transaction } from '@guildhall/database';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { BotEventHandlers, type IngestContext } from '../../platform/ingest/bot-event-handlers.js';
import { ChannelsIngestRepository, type GuildChannel } from './channels-ingest.repository.js';

/** Stores what bots report about channels and threads. */
@Injectable()
export class ChannelsIngest implements OnModuleInit {
  constructor(
    private readonly handlers: BotEventHandlers,
    private readonly channels: ChannelsIngestRepository,
  ) {}

  onModuleInit(): void {
    this.handlers.register('channel_create', (events, context) => this.upsert('channel.created', events, context));
    this.handlers.register('channel_update', (events, context) => this.upsert('channel.updated', events, context));
    this.handlers.register('thread_list_sync', (events, context) =>
      this.write(
        'channel.updated',
        events.flatMap(({ guildId, data }) => data.threads.map((channel) => ({ guildId, channel }))),
        context,
      ),
    );
    this.handlers.register('channel_delete', async (events, context) => {
      for (const event of events) await this.delete(event, context);
    });
  }

  /** Makes a guild's channels what a snapshot says. */
  async replaceAll(transaction: Transaction, guildId: Snowflake, listed: readonly Channel[]): Promise<void> {
    await this.channels.replaceAll(transaction, guildId, listed);
  }

  private async upsert(
    name: 'channel.created' | 'channel.updated',
    events: readonly BotEvent<'channel_create' | 'channel_update'>[],
    context: IngestContext,
  ): Promise<void> {
    const reported = events.map(({ guildId, data }) => ({ guildId, channel: data }));
    await this.write(name, reported, context);
  }

  private async write(
    name: 'channel.created' | 'channel.updated',
    reported: readonly GuildChannel[],
    { transaction, publish }: IngestContext,
  ): Promise<void> {
    const latest = new Map(reported.map((one) => [one.channel.id, one]));
    const writtenIds = await this.channels.upsert(transaction, [...latest.values()]);
    for (const { guildId, channel } of latest.values()) {
      if (writtenIds.has(channel.id)) publish({ name, guildId, item: channel });
    }
  }

  private async delete(event: BotEvent<'channel_delete'>, { transaction, publish }: IngestContext): Promise<void> {
    const { guildId, data, timestamp } = event;
    if (!(await this.channels.bury(transaction, guildId, data.id, new Date(timestamp)))) return;
    publish({ name: 'channel.deleted', guildId, item: { id: data.id } });
  }
}
