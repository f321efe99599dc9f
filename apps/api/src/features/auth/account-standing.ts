import { Injectable } from '@nestjs/common';
import type { ChangeContext } from '../../platform/changes/changes.js';
import { Clock } from '../../platform/clock.js';
import { LiveSessions } from '../../platform/identity/live-sessions.js';
import { RealtimeHub } from '../../platform/realtime/realtime-hub.js';
import { SessionsRepository } from './sessions.repository.js';

/** What the process remembers of who an account is: its platform role and its Discord identity. */
@Injectable()
export class AccountStanding {
  constructor(
    private readonly sessions: SessionsRepository,
    private readonly liveSessions: LiveSessions,
    private readonly realtime: RealtimeHub,
    private readonly clock: Clock,
  ) {}

  /** Has it looked at again once a change is committed: requests at once, sockets by connecting again. */
  async renewWith({ afterCommit }: ChangeContext, accountId: string): Promise<void> {
    const live = await this.sessions.findLive(accountId, this.clock.now());
    afterCommit(() => {
      for (const { id } of live) this.liveSessions.forget(id);
      this.realtime.evictAccount(accountId);
    });
  }
}
