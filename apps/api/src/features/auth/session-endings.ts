import { Injectable } from '@nestjs/common';
import { LiveSessions } from '../../platform/identity/live-sessions.js';
import { RealtimeHub } from '../../platform/realtime/realtime-hub.js';

/** Tells the rest of the process that sessions have ended: their access tokens and sockets end with them. */
@Injectable()
export class SessionEndings {
  constructor(
    private readonly liveSessions: LiveSessions,
    private readonly realtime: RealtimeHub,
  ) {}

  announce(sessionIds: readonly string[]): void {
    for (const sessionId of sessionIds) {
      this.liveSessions.forget(sessionId);
      this.realtime.evictSession(sessionId);
    }
  }
}
