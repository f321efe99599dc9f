import type { FailedAction, FailedActionQuery, Snowflake } from '@guildhall/contracts';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type ChangeContext, Changes } from '../../platform/changes/changes.js';
import { Clock } from '../../platform/clock.js';
import type { Actor } from '../../platform/identity/actor.js';
import { GuildData } from '../../platform/ingest/guild-data.js';
import { type FailedJob, Jobs } from '../../platform/jobs/jobs.js';
import type { PageContent } from '../../platform/lists/page.rules.js';
import { DomainError } from '../../platform/problems/domain-error.js';
import { type FailedActionRow, FailuresRepository, type Settlement } from './failures.repository.js';

/** Which failed action is meant: one of a guild or, with null, of the instance. */
export interface FailedActionPlace {
  guildId: Snowflake | null;
  id: string;
  expectedVersion: number | null;
}

/** The inbox of background work that used up its retries. */
@Injectable()
export class FailuresService implements OnModuleInit {
  constructor(
    private readonly changes: Changes,
    private readonly failures: FailuresRepository,
    private readonly jobs: Jobs,
    private readonly clock: Clock,
    private readonly guildData: GuildData,
  ) {}

  onModuleInit(): void {
    this.jobs.onFailure((job) => this.note(job));
    this.guildData.register('failed actions', (guildId) => this.failures.purge(guildId));
  }

  /** Writes a failed job down; the same one a second time changes nothing. */
  async note(job: FailedJob): Promise<void> {
    await this.changes.make(async ({ transaction, publish }) => {
      const isOfGuild = job.guildId !== null && (await this.failures.hasGuild(transaction, job.guildId));
      const row = await this.failures.add(transaction, { ...job, guildId: isOfGuild ? job.guildId : null });
      if (row?.guildId) publish({ name: 'failure.created', guildId: row.guildId, item: this.shown(row) });
    });
  }

  async list(guildId: Snowflake | null, query: FailedActionQuery): Promise<PageContent<FailedAction>> {
    const { items, total } = await this.failures.findPage(guildId, query);
    return { items: items.map((row) => this.shown(row)), total };
  }

  /**
   * Sends the work again, in the transaction that marks it.
   * @throws DomainError `not-found`, `conflict` when it was settled already or nothing does it any more, `version-mismatch`
   */
  async retry(place: FailedActionPlace, actor: Actor): Promise<FailedAction> {
    return this.changes.make(async (context) => {
      const row = await this.findOpen(context, place);
      await this.jobs.sendAgain(context.transaction, row.queue, row.payload);
      return this.settle(context, row, { state: 'retried', actor });
    });
  }

  /** Marks the work as not needed any more. @throws DomainError `not-found`, `conflict`, `version-mismatch` */
  async dismiss(place: FailedActionPlace, actor: Actor): Promise<FailedAction> {
    return this.changes.make(async (context) => {
      const row = await this.findOpen(context, place);
      return this.settle(context, row, { state: 'dismissed', actor });
    });
  }

  private async findOpen({ transaction }: ChangeContext, place: FailedActionPlace): Promise<FailedActionRow> {
    const row = await this.failures.lock(transaction, place.guildId, place.id);
    if (!row) throw new DomainError('not-found', { detail: 'There is no such failed action.' });
    if (place.expectedVersion !== null && place.expectedVersion !== row.version)
      throw new DomainError('version-mismatch');
    if (row.state !== 'open')
      throw new DomainError('conflict', {
        detail: `It was ${row.state === 'retried' ? 'tried again' : 'dismissed'} already.`,
      });
    return row;
  }

  private async settle(
    { transaction, audit, publish }: ChangeContext,
    open: FailedActionRow,
    { state, actor }: Pick<Settlement, 'state'> & { actor: Actor },
  ): Promise<FailedAction> {
    const settledBy = actor.identity?.kind === 'account' ? actor.identity.accountId : null;
    const row = await this.failures.settle(transaction, open, { state, settledAt: this.clock.now(), settledBy });
    const { guildId } = row;
    audit({
      action: state === 'retried' ? 'failure.retried' : 'failure.dismissed',
      guildId,
      actor,
      target: { id: row.id, name: row.queue },
    });
    if (guildId) publish({ name: 'failure.updated', guildId, item: this.shown(row) });
    return this.shown(row);
  }

  /** As people see it: of the payload only what its queue declares as free of secrets. */
  private shown({ guildId: _guildId, payload, failedAt, settledAt, ...row }: FailedActionRow): FailedAction {
    return {
      ...row,
      summary: this.jobs.summaryOf(row.queue, payload),
      failedAt: failedAt.toISOString(),
      settledAt: settledAt?.toISOString() ?? null,
    };
  }
}
