import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.js';
import { type LiveSession, LiveSessionsRepository } from './live-sessions.repository.js';

/**
 * How long an answer is reused. A session revoked in this process is refused at once; one revoked in another process after
 * at most this long.
 */
const REMEMBER_MS = 3_000;

const MAX_REMEMBERED = 10_000;

interface Remembered {
  session: Promise<LiveSession | null>;
  untilMs: number;
}

/** Which sessions still stand; asked for at every request, so that a sign-out ends the access tokens too. */
@Injectable()
export class LiveSessions {
  private readonly remembered = new Map<string, Remembered>();

  constructor(
    private readonly repository: LiveSessionsRepository,
    private readonly clock: Clock,
  ) {}

  async find(sessionId: string): Promise<LiveSession | null> {
    const now = this.clock.now();
    const known = this.remembered.get(sessionId);
    if (known && known.untilMs > now.getTime()) return known.session;
    const session = this.repository.find(sessionId, now);
    this.remember(sessionId, { session, untilMs: now.getTime() + REMEMBER_MS });
    try {
      return await session;
    } catch (error) {
      this.forget(sessionId);
      throw error;
    }
  }

  /** Call it after a change to the session or its account was committed. */
  forget(sessionId: string): void {
    this.remembered.delete(sessionId);
  }

  private remember(sessionId: string, entry: Remembered): void {
    this.remembered.delete(sessionId);
    const oldest = this.remembered.keys().next();
    if (this.remembered.size >= MAX_REMEMBERED && !oldest.done) this.remembered.delete(oldest.value);
    this.remembered.set(sessionId, entry);
  }
}
