import type { BotEvent, Member } from '@guildhall/contracts';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { BotEventHandlers, type IngestContext } from '../../platform/ingest/bot-event-handlers.js';
import { DiscordUsersRepository } from './discord-users.repository.js';
import { MemberListsRepository, partName } from './member-lists.repository.js';
import { MembersIngestRepository } from './members-ingest.repository.js';
import { SyncProgress } from './sync-progress.js';

/** Stores what bots report about members. */
@Injectable()
export class MembersIngest implements OnModuleInit {
  constructor(
    private readonly handlers: BotEventHandlers,
    private readonly members: MembersIngestRepository,
    private readonly lists: MemberListsRepository,
    private readonly users: DiscordUsersRepository,
    private readonly progress: SyncProgress,
  ) {}

  onModuleInit(): void {
    this.handlers.register('member_add', (events, context) => this.upsert(events, context));
    this.handlers.register('member_update', (events, context) => this.upsert(events, context));
    this.handlers.register('member_remove', (events, context) => this.leave(events, context));
    this.handlers.register('member_chunk', async (events, context) => {
      for (const event of events) await this.storePart(event, context);
    });
  }

  private async upsert(
    events: readonly BotEvent<'member_add' | 'member_update'>[],
    { transaction, publish }: IngestContext,
  ): Promise<void> {
    const latest = [...new Map(events.map((event) => [`${event.guildId} ${event.data.user.id}`, event])).entries()];
    const rows = latest.map(([, { guildId, data }]) => ({ guildId, member: data }));
    await this.users.refresh(
      transaction,
      rows.map(({ member }) => member.user),
    );
    const arrivals = await this.members.upsert(transaction, rows);
    for (const [key, { type, guildId, data }] of latest) {
      const hasJoined = type === 'member_add' || arrivals.has(key);
      publish({ name: hasJoined ? 'member.joined' : 'member.updated', guildId, item: asFetched(data) });
    }
  }

  private async leave(
    events: readonly BotEvent<'member_remove'>[],
    { transaction, publish }: IngestContext,
  ): Promise<void> {
    const departures = events.map(({ guildId, data, timestamp }) => ({
      guildId,
      userId: data.user.id,
      leftAt: timestamp,
    }));
    const left = await this.members.leave(transaction, departures);
    for (const { guildId, userId } of departures) {
      if (left.has(`${guildId} ${userId}`)) publish({ name: 'member.left', guildId, item: { id: userId } });
    }
  }

  private async storePart(event: BotEvent<'member_chunk'>, { transaction, publish }: IngestContext): Promise<void> {
    const { guildId, data, timestamp } = event;
    if (data.index === 0) await this.lists.begin(transaction, guildId, timestamp);
    await this.users.refresh(
      transaction,
      data.members.map(({ user }) => user),
    );
    const rows = data.members.map((member) => ({ guildId, member }));
    await this.members.upsertListed(transaction, rows, partName(data.syncId, data.index));
    const isLast = data.index === data.count - 1;
    if (isLast) await this.lists.settle(transaction, { guildId, ...data }, timestamp);
    if (this.progress.isDue(guildId, isLast)) {
      const progress = await this.lists.progress(transaction, guildId);
      publish({ name: 'sync.progressed', guildId, item: { id: guildId, ...progress } });
    }
    if (isLast) publish({ name: 'guild.synced', guildId, item: { id: guildId } });
  }
}

/** The member exactly as a fetch tells it: instants in UTC. */
function asFetched(member: Member): Member {
  return {
    ...member,
    joinedAt: member.joinedAt && new Date(member.joinedAt).toISOString(),
    timeoutUntil: member.timeoutUntil && new Date(member.timeoutUntil).toISOString(),
  };
}
