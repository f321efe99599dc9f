import type { BotEvent } from '@guildhall/contracts';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { BotEventHandlers, type IngestContext } from '../../platform/ingest/bot-event-handlers.js';
import { DiscordUsersRepository } from '../members/index.js';
import { type BanFact, factsOf, newestFacts } from './ban-facts.rules.js';
import { type BannedPerson, BansIngestRepository } from './bans-ingest.repository.js';

type Context = Pick<IngestContext, 'transaction' | 'publish'>;

/** Stores who is banned, as bots report it and as Discord answered. */
@Injectable()
export class BansIngest implements OnModuleInit {
  constructor(
    private readonly handlers: BotEventHandlers,
    private readonly bans: BansIngestRepository,
    private readonly users: DiscordUsersRepository,
  ) {}

  onModuleInit(): void {
    this.handlers.register('ban_add', (events, context) => this.report(events.flatMap(factsOf), context));
    this.handlers.register('ban_remove', (events, context) => this.report(events.flatMap(factsOf), context));
    this.handlers.register('ban_chunk', async (events, context) => {
      for (const event of events) await this.storePart(event, context);
    });
  }

  /** Merges facts about bans, and tells who looks. */
  async report(facts: readonly BanFact[], context: Context): Promise<void> {
    const { transaction, publish } = context;
    const newest = newestFacts(facts);
    await this.users.refresh(
      transaction,
      newest.map(({ user }) => user),
    );
    const { banned, lifted } = await this.bans.report(transaction, newest);
    await this.bans.explain(transaction, banned);
    await this.publishBans(banned, context);
    for (const { guildId, userId } of lifted) publish({ name: 'ban.lifted', guildId, item: { id: userId } });
  }

  /** Looks for the reasons of these people's bans in what is known of Discord's audit log. */
  async explain(people: readonly BannedPerson[], context: Context): Promise<void> {
    await this.publishBans(await this.bans.explain(context.transaction, people), context);
  }

  private async storePart(event: BotEvent<'ban_chunk'>, context: Context): Promise<void> {
    const { guildId, data } = event;
    const namedIds = data.bans.map(({ user }) => user.id);
    await this.report(factsOf(event), context);
    const lifted = await this.bans.liftUnnamed(context.transaction, { ...data, guildId, namedIds });
    for (const { userId } of lifted) context.publish({ name: 'ban.lifted', guildId, item: { id: userId } });
  }

  private async publishBans(people: readonly BannedPerson[], { transaction, publish }: Context): Promise<void> {
    for (const { guildId, ban } of await this.bans.read(transaction, people)) {
      publish({ name: 'ban.created', guildId, item: ban });
    }
  }
}
