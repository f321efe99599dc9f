import type { Batch, Snowflake } from '@guildhall/contracts';
import type { Transaction } from '@guildhall/database';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { LOGGER } from '../logging/logging.module.js';
import type { RealtimeChange } from '../realtime/realtime-change.js';
import { BotEventHandlers } from './bot-event-handlers.js';
import { isFaultOfTheEvent, rootCauseOf } from '../database/database-errors.rules.js';
import { KnownGuildsRepository } from './known-guilds.repository.js';
import { type EventRun, readBatch, type RefusedEvent, type SequencedEvent } from './read-batch.rules.js';
import { SetAsideRepository } from './set-aside.repository.js';

/** The types that bring a guild into being; all others need its row. */
const GUILD_SNAPSHOTS: ReadonlySet<string> = new Set(['guild_sync', 'guild_create']);

/** What one batch has to know while it is written. */
interface Writing {
  transaction: Transaction;
  botId: string;
  knownGuilds: Set<Snowflake>;
  changes: RealtimeChange[];
  refused: RefusedEvent[];
}

/** Hands a batch's events to the features and sets aside those that cannot be stored. */
@Injectable()
export class BatchWriter {
  constructor(
    private readonly handlers: BotEventHandlers,
    private readonly knownGuilds: KnownGuildsRepository,
    private readonly setAside: SetAsideRepository,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * Stores the events of a batch whose lane was moved forward in this transaction.
   * @returns what has changed, for publication after the commit
   * @throws when the database is to blame; then nothing of the batch may be kept
   */
  async write(transaction: Transaction, batch: Batch, botId: string): Promise<RealtimeChange[]> {
    const { runs, refused } = readBatch(batch);
    const guildIds = new Set(runs.flatMap(({ events }) => events.map(({ event }) => event.guildId)));
    const knownGuilds = await this.knownGuilds.among(transaction, guildIds);
    const writing: Writing = { transaction, botId, knownGuilds, changes: [], refused };
    for (const run of runs) await this.writeRun(run, writing);
    await this.setAside.keep(transaction, batch, writing.refused);
    for (const { seq, reason } of writing.refused) {
      this.logger.warn({ outboxId: batch.outboxId, lane: batch.lane, seq, reason }, 'set a bot event aside');
    }
    return writing.changes;
  }

  private async writeRun(run: EventRun, writing: Writing): Promise<void> {
    const events = this.eventsOfKnownGuilds(run, writing);
    if (events.length === 0) return;
    try {
      await this.attempt(run.type, events, writing);
    } catch (error) {
      if (!isFaultOfTheEvent(error)) throw error;
      await this.writeOneByOne(run.type, events, error, writing);
    }
  }

  private eventsOfKnownGuilds(run: EventRun, { knownGuilds, refused }: Writing): SequencedEvent[] {
    if (GUILD_SNAPSHOTS.has(run.type)) return run.events;
    return run.events.filter(({ seq, body, event }) => {
      if (knownGuilds.has(event.guildId)) return true;
      refused.push({ seq, body, reason: `guild ${event.guildId} was never synchronised` });
      return false;
    });
  }

  /** After a run failed as a whole: finds the events to blame, so that the others are stored. */
  private async writeOneByOne(
    type: EventRun['type'],
    events: SequencedEvent[],
    failure: unknown,
    writing: Writing,
  ): Promise<void> {
    if (events.length === 1) return this.refuse(events, failure, writing);
    for (const event of events) {
      try {
        await this.attempt(type, [event], writing);
      } catch (error) {
        if (!isFaultOfTheEvent(error)) throw error;
        this.refuse([event], error, writing);
      }
    }
  }

  private refuse(events: SequencedEvent[], failure: unknown, { refused }: Writing): void {
    const reason = reasonOf(failure);
    for (const { seq, body } of events) refused.push({ seq, body, reason });
  }

  /** One savepoint: what fails in it leaves nothing behind, neither rows nor changes to publish. */
  private async attempt(type: EventRun['type'], events: SequencedEvent[], writing: Writing): Promise<void> {
    const handler = this.handlers.find(type);
    if (!handler) throw new Error(`no feature stores events of type ${type}`);
    const changes: RealtimeChange[] = [];
    await writing.transaction.transaction((transaction) =>
      handler(
        events.map(({ event }) => event),
        { transaction, botId: writing.botId, publish: (change) => void changes.push(change) },
      ),
    );
    for (const change of changes) writing.changes.push(change);
    if (GUILD_SNAPSHOTS.has(type)) for (const { event } of events) writing.knownGuilds.add(event.guildId);
  }
}

function reasonOf(failure: unknown): string {
  const cause = rootCauseOf(failure);
  return cause instanceof Error ? cause.message : String(cause);
}
