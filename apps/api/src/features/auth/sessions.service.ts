import { createHmac } from 'node:crypto';
import type { AccountSession, PlatformRole } from '@guildhall/contracts';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { type ApiConfig, durationSeconds } from '../../config.js';
import { Clock } from '../../platform/clock.js';
import { API_CONFIG } from '../../platform/config/config.module.js';
import { newId } from '../../platform/ids.js';
import { LOGGER } from '../../platform/logging/logging.module.js';
import { DomainError } from '../../platform/problems/domain-error.js';
import { decideRotation, type TokenChannel } from './refresh-rotation.rules.js';
import { randomToken, sha256 } from './secrets.js';
import { SessionEndings } from './session-endings.js';
import { type FamilyStep, type KnownToken, type RevocationReason, SessionsRepository } from './sessions.repository.js';

/** Whose session it is, and the refresh token that continues it. */
export interface IssuedSession {
  accountId: string;
  sessionId: string;
  role: PlatformRole;
  refreshToken: string;
}

/** From where somebody signs in, for the list of their sessions. */
export interface Device {
  userAgent: string | null;
  ipAddress: string | null;
}

/** Sign-ins and their refresh tokens. */
@Injectable()
export class SessionsService {
  private readonly lifetimeMs: number;
  private readonly successorKey: Buffer;

  constructor(
    @Inject(API_CONFIG) config: ApiConfig,
    private readonly sessions: SessionsRepository,
    private readonly endings: SessionEndings,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.lifetimeMs = durationSeconds(config.JWT_REFRESH_EXPIRATION) * 1000;
    this.successorKey = createHmac('sha256', config.JWT_SECRET).update('refresh token successors').digest();
  }

  async start(accountId: string, device: Device): Promise<IssuedSession> {
    const now = this.clock.now();
    const session = { id: newId(), accountId, ...device, now, expiresAt: this.expiryFrom(now) };
    const refreshToken = randomToken();
    const role = await this.sessions.create(session, sha256(refreshToken));
    return { accountId, sessionId: session.id, role, refreshToken };
  }

  /**
   * Gives out the next refresh token of a family. A token that was replaced already ends the family, since only a thief or
   * a victim of one can still have it.
   * @throws DomainError `refresh-token-invalid`
   */
  async refresh(refreshToken: string, channel: TokenChannel): Promise<IssuedSession> {
    const now = this.clock.now();
    const successor = this.successorOf(refreshToken);
    const outcome = await this.sessions.continueFamily(sha256(refreshToken), now, (known) =>
      this.choose(known, { channel, successor, now }),
    );
    if (outcome?.ended.length) this.noteReuse(outcome.known);
    if (outcome?.step.kind !== 'rotate' && outcome?.step.kind !== 'repeat') {
      throw new DomainError('refresh-token-invalid', { detail: 'Sign in again.' });
    }
    const { accountId, sessionId, role } = outcome.known;
    return { accountId, sessionId, role, refreshToken: successor };
  }

  async list(accountId: string, currentSessionId: string): Promise<AccountSession[]> {
    const rows = await this.sessions.findLive(accountId, this.clock.now());
    return rows.map(({ id, userAgent, ipAddress, createdAt, lastUsedAt, expiresAt }) => ({
      id,
      userAgent,
      ipAddress,
      createdAt: createdAt.toISOString(),
      lastUsedAt: lastUsedAt.toISOString(),
      expiresAt: expiresAt.toISOString(),
      isCurrent: id === currentSessionId,
    }));
  }

  /** @throws DomainError `not-found` for a session that is not the account's, or stands no more */
  async end(accountId: string, sessionId: string, reason: RevocationReason): Promise<void> {
    const ended = await this.sessions.revoke({ accountId, sessionId }, { now: this.clock.now(), reason });
    if (ended.length === 0) throw new DomainError('not-found', { detail: 'There is no such session.' });
    this.endings.announce(ended);
  }

  async endAll(accountId: string): Promise<void> {
    const end = { now: this.clock.now(), reason: 'signed-out-everywhere' } as const;
    this.endings.announce(await this.sessions.revoke({ accountId }, end));
  }

  private choose(known: KnownToken, presented: { channel: TokenChannel; successor: string; now: Date }): FamilyStep {
    if (!known.isSessionLive) return { kind: 'refuse' };
    const { channel, successor, now } = presented;
    const decision = decideRotation(known.token, { channel, isSuccessorUsed: known.isSuccessorUsed, now });
    switch (decision) {
      case 'rotate':
        return { kind: 'rotate', successor: sha256(successor), expiresAt: this.expiryFrom(now) };
      case 'repeat':
        return { kind: 'repeat' };
      case 'reuse':
        return { kind: 'end' };
      case 'expired':
        return { kind: 'refuse' };
    }
  }

  private noteReuse({ accountId, sessionId }: KnownToken): void {
    this.logger.warn({ accountId, sessionId }, 'a rotated refresh token was used again; its session was ended');
    this.endings.announce([sessionId]);
  }

  /**
   * Every token has one successor, derived under a key that only we have. Two tabs that present the same token at once are
   * thus given the same successor, in whatever order the answers reach the browser, and the family never forks.
   */
  private successorOf(refreshToken: string): string {
    return createHmac('sha256', this.successorKey).update(refreshToken).digest('base64url');
  }

  private expiryFrom(now: Date): Date {
    return new Date(now.getTime() + this.lifetimeMs);
  }
}
