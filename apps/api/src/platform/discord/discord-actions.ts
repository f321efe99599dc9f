import { setTimeout as wait } from 'node:timers/promises';
import type { Snowflake } from '@guildhall/contracts';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import type { AuditRecord } from '../audit/audit-record.js';
import { type ChangeContext, Changes } from '../changes/changes.js';
import { isDatabaseAway } from '../database/database-failures.rules.js';
import type { Actor } from '../identity/actor.js';
import type { Identity } from '../identity/identity.js';
import { LOGGER } from '../logging/logging.module.js';
import { DomainError } from '../problems/domain-error.js';
import { type ActingPerson, ActingPeopleRepository } from './acting-people.repository.js';
import { auditReason } from './audit-reason.rules.js';
import { holdsOnDiscord } from './discord-permissions.rules.js';

/** Who acts: a person or an automation, never Guildhall by itself. */
export interface ActingCaller extends Actor {
  identity: Identity;
}

/** A change that somebody makes on Discord through us. */
export interface DiscordAction<Answer, Result> {
  actor: ActingCaller;
  guildId: Snowflake;
  /** What Discord would ask of the person, were they to do it there. */
  permission: bigint;
  reason?: string | undefined;
  /** Makes it. Nothing of ours is locked meanwhile, as Discord may let us wait. */
  perform: (auditReason: string) => Promise<Answer>;
  /** Brings our copy to what Discord answered; the dispatch that follows merges with it. May run more than once. */
  keep: (context: ChangeContext, answer: Answer) => Promise<Kept<Result>>;
}

export interface Kept<Result> {
  result: Result;
  record: Pick<AuditRecord, 'action' | 'target' | 'before' | 'after'>;
}

/** For how long what Discord has done already is tried to be written down. */
const RETRY_DELAYS_MS = [100, 400, 1_500, 3_000];

/**
 * The one way of a single change to Discord: Discord first, then our copy, the audit entry and the realtime events in one
 * transaction. Should the database go away in between, it is tried again; should it stay away or this process die, Discord's
 * own audit log names who did it and why, and reaches us with the next synchronisation.
 */
@Injectable()
export class DiscordActions {
  constructor(
    private readonly people: ActingPeopleRepository,
    private readonly changes: Changes,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** @throws DomainError as DiscordRest does; `unavailable` when Discord did it and it could not be written down */
  async make<Answer, Result>(action: DiscordAction<Answer, Result>): Promise<Result> {
    const person = await this.people.find(action.guildId, action.actor.identity);
    const answer = await action.perform(auditReason(person.name, action.reason));
    for (const delayMs of RETRY_DELAYS_MS) {
      try {
        return await this.keep(action, person, answer);
      } catch (error) {
        if (!isDatabaseAway(error)) throw error;
        this.logger.warn({ err: error, guildId: action.guildId }, 'a change made on Discord waits to be written down');
        await wait(delayMs);
      }
    }
    return this.lastAttempt(action, person, answer);
  }

  private async lastAttempt<A, R>(action: DiscordAction<A, R>, person: ActingPerson, answer: A): Promise<R> {
    try {
      return await this.keep(action, person, answer);
    } catch (error) {
      const { guildId, actor, reason } = action;
      this.logger.error({ err: error, guildId, actor, reason }, 'a change was made on Discord and not written down');
      throw new DomainError('unavailable', {
        detail: 'Discord did it, but it could not be written down.',
        cause: error,
      });
    }
  }

  private keep<A, R>(
    { actor, guildId, permission, reason, keep }: DiscordAction<A, R>,
    person: ActingPerson,
    answer: A,
  ) {
    return this.changes.make(async (context): Promise<R> => {
      const { result, record } = await keep(context, answer);
      // Discord would have refused the person: the capability alone let them do it.
      const by = holdsOnDiscord(person.permissions, permission) ? {} : { by: 'capability' };
      context.audit({
        ...record,
        actor,
        guildId,
        after: { ...record.after, ...by },
        ...(reason !== undefined && { reason }),
      });
      return result;
    });
  }
}
