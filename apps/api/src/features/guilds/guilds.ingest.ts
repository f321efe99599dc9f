import type { BotEvent } from '@guildhall/contracts';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { BotEventHandlers, type IngestContext } from '../../platform/ingest/bot-event-handlers.js';
import { ChannelsIngest } from '../channels/index.js';
import { RolesIngest } from '../roles/index.js';
import { GuildsIngestRepository } from './guilds-ingest.repository.js';
import { GuildsJobs } from './guilds.jobs.js';

type SnapshotEvent = BotEvent<'guild_sync' | 'guild_create'>;

/** Stores what bots report about guilds. */
@Injectable()
export class GuildsIngest implements OnModuleInit {
  constructor(
    private readonly handlers: BotEventHandlers,
    private readonly guilds: GuildsIngestRepository,
    private readonly roles: RolesIngest,
    private readonly channels: ChannelsIngest,
    private readonly jobs: GuildsJobs,
  ) {}

  onModuleInit(): void {
    this.handlers.register('guild_sync', (events, context) => inOrder(events, (event) => this.sync(event, context)));
    this.handlers.register('guild_create', (events, context) => inOrder(events, (event) => this.sync(event, context)));
    this.handlers.register('guild_update', (events, context) =>
      inOrder(events, (event) => this.update(event, context)),
    );
    this.handlers.register('guild_delete', (events, context) => inOrder(events, (event) => this.leave(event, context)));
  }

  /** The guild is as described: what the snapshot does not name is gone. */
  private async sync(event: SnapshotEvent, { transaction, botId, publish }: IngestContext): Promise<void> {
    const { guildId, timestamp, data } = event;
    refuseForeign(guildId, data.guild.id);
    await this.guilds.upsert(transaction, {
      facts: data.guild,
      announcedMemberCount: data.memberCount,
      botId,
      syncedAt: new Date(timestamp),
    });
    await this.roles.replaceAll(transaction, guildId, data.roles);
    await this.channels.replaceAll(transaction, guildId, data.channels);
    publish({ name: 'guild.synced', guildId, item: { id: guildId } });
  }

  private async update(event: BotEvent<'guild_update'>, { transaction, publish }: IngestContext): Promise<void> {
    const { guildId, data } = event;
    refuseForeign(guildId, data.id);
    await this.guilds.update(transaction, data);
    publish({ name: 'guild.updated', guildId, item: data });
  }

  /** The bot was removed: the guild disappears for everybody, and its data after the retention period. */
  private async leave(event: BotEvent<'guild_delete'>, { transaction, publish }: IngestContext): Promise<void> {
    const { guildId, data, timestamp } = event;
    refuseForeign(guildId, data.id);
    const guild = { guildId, deactivatedAt: new Date(timestamp) };
    if (!(await this.guilds.deactivate(transaction, guild))) return;
    await this.jobs.purgeLater(transaction, guild);
    publish({ name: 'guild.synced', guildId, item: { id: guildId } });
  }
}

/** An event of one guild may not write another one. */
function refuseForeign(guildId: string, writtenId: string): void {
  if (guildId !== writtenId) throw new Error(`an event of guild ${guildId} describes guild ${writtenId}`);
}

async function inOrder<T>(events: readonly T[], store: (event: T) => Promise<void>): Promise<void> {
  for (const event of events) await store(event);
}
