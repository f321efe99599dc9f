import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Logger } from 'pino';
import { Clock } from '../clock.js';
import { rootCauseOf } from '../database/database-errors.rules.js';
import { Authenticator } from '../identity/authenticator.js';
import { LOGGER } from '../logging/logging.module.js';
import { DomainError } from '../problems/domain-error.js';
import { RealtimeHub, type RealtimeSocket } from './realtime-hub.js';

/** The longest delay a timer of Node can have; an access token lives for minutes. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** Lets people in by their access token, for as long as it is valid. */
@Injectable()
export class RealtimeAdmission implements OnModuleInit {
  constructor(
    private readonly hub: RealtimeHub,
    private readonly authenticator: Authenticator,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onModuleInit(): void {
    this.hub.admit((socket) => this.authenticate(socket));
    this.hub.onConnection((socket) => this.closeAtExpiry(socket));
  }

  /** @throws Error with the code of the problem, which is all that a refused client is told */
  private async authenticate(socket: RealtimeSocket): Promise<void> {
    const { token } = socket.handshake.auth as { token?: unknown };
    try {
      socket.data.person = await this.authenticator.identify(typeof token === 'string' ? token : '');
      socket.data.joined = new Map();
    } catch (error) {
      if (error instanceof DomainError) throw new Error(error.code, { cause: error });
      this.logger.warn({ err: rootCauseOf(error) }, 'a realtime connection could not be checked');
      throw new Error('unavailable', { cause: error });
    }
  }

  private closeAtExpiry(socket: RealtimeSocket): void {
    const lifeMs = socket.data.person.expiresAt.getTime() - this.clock.now().getTime();
    const expiry = setTimeout(() => socket.disconnect(true), Math.min(Math.max(lifeMs, 0), MAX_TIMER_MS));
    socket.on('disconnect', () => clearTimeout(expiry));
  }
}
