import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.js';
import { type LiveSession, LiveSessionsRepository } from './live-sessions.repository.js';
import { ShortMemory } from './short-memory.js';

/** Which sessions still stand; asked for at every request, so that a sign-out ends the access tokens too. */
@Injectable()
export class LiveSessions {
  private readonly memory: ShortMemory<LiveSession | null>;

  constructor(
    private readonly repository: LiveSessionsRepository,
    clock: Clock,
  ) {
    this.memory = new ShortMemory(clock);
  }

  async find(sessionId: string): Promise<LiveSession | null> {
    return this.memory.recall(sessionId, (now) => this.repository.find(sessionId, now));
  }

  /** Call it after a change to the session or its account was committed. */
  forget(sessionId: string): void {
    this.memory.forget(sessionId);
  }
}
