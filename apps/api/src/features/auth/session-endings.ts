import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import type { ChangeContext } from '../../platform/changes/changes.js';
import type { Actor } from '../../platform/identity/actor.js';
import { LiveSessions } from '../../platform/identity/live-sessions.js';
import { LOGGER } from '../../platform/logging/logging.module.js';
import { RealtimeHub } from '../../platform/realtime/realtime-hub.js';
import type { RevocationReason } from './sessions.repository.js';

/** Sessions of one account that were ended in a change. */
export interface EndedSessions {
  accountId: string;
  sessionIds: readonly string[];
  reason: RevocationReason;
  actor: Actor;
}

/** What follows when sessions end: it is written down, and their access tokens and sockets end with them. */
@Injectable()
export class SessionEndings {
  constructor(
    private readonly liveSessions: LiveSessions,
    private readonly realtime: RealtimeHub,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Makes the rest of the process follow the change that ends them. */
  endWith({ audit, afterCommit }: ChangeContext, { accountId, sessionIds, reason, actor }: EndedSessions): void {
    for (const sessionId of sessionIds) {
      audit({
        action: 'session.ended',
        guildId: null,
        actor,
        target: { id: sessionId, accountId },
        after: { reason },
      });
    }
    afterCommit(() => this.announce(sessionIds));
  }

  /** Somebody has a refresh token who should not. */
  noteReuse({ accountId, sessionId }: { accountId: string; sessionId: string }): void {
    this.logger.warn({ accountId, sessionId }, 'a rotated refresh token was used again; its session was ended');
  }

  private announce(sessionIds: readonly string[]): void {
    for (const sessionId of sessionIds) {
      this.liveSessions.forget(sessionId);
      this.realtime.evictSession(sessionId);
    }
  }
}
