import type { BotEvent, Role, Snowflake } from '@guildhall/contracts';
import type { Transaction } from '@guildhall/database';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { BotEventHandlers, type IngestContext } from '../../platform/ingest/bot-event-handlers.js';
import { MembersIngestRepository } from '../members/index.js';
import { RolesIngestRepository } from './roles-ingest.repository.js';

/** Stores what bots report about roles. */
@Injectable()
export class RolesIngest implements OnModuleInit {
  constructor(
    private readonly handlers: BotEventHandlers,
    private readonly roles: RolesIngestRepository,
    private readonly members: MembersIngestRepository,
  ) {}

  onModuleInit(): void {
    this.handlers.register('role_create', (events, context) => this.upsert('role.created', events, context));
    this.handlers.register('role_update', (events, context) => this.upsert('role.updated', events, context));
    this.handlers.register('role_delete', async (events, context) => {
      for (const event of events) await this.delete(event, context);
    });
  }

  /** Makes a guild's roles what a snapshot says. */
  async replaceAll(transaction: Transaction, guildId: Snowflake, listed: readonly Role[]): Promise<void> {
    const goneIds = await this.roles.replaceAll(transaction, guildId, listed);
    for (const id of goneIds) await this.members.removeRole(transaction, guildId, id);
  }

  private async upsert(
    name: 'role.created' | 'role.updated',
    events: readonly BotEvent<'role_create' | 'role_update'>[],
    { transaction, publish }: IngestContext,
  ): Promise<void> {
    const latest = new Map(events.map(({ guildId, data }) => [data.id, { guildId, role: data }]));
    const writtenIds = await this.roles.upsert(transaction, [...latest.values()]);
    for (const { guildId, role } of latest.values()) {
      if (writtenIds.has(role.id)) publish({ name, guildId, item: role });
    }
  }

  /** Discord does not tell of each member who had the role, so that they follow from its deletion here. */
  private async delete(event: BotEvent<'role_delete'>, { transaction, publish }: IngestContext): Promise<void> {
    const { guildId, data, timestamp } = event;
    if (!(await this.roles.bury(transaction, guildId, data.id, new Date(timestamp)))) return;
    publish({ name: 'role.deleted', guildId, item: { id: data.id } });
    const affected = await this.members.removeRole(transaction, guildId, data.id);
    for (const member of affected) publish({ name: 'member.updated', guildId, item: member });
  }
}
