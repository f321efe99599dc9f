import type { AccountSession, PlatformRole } from '@guildhall/contracts';
import { Injectable } from '@nestjs/common';
import { type ChangeContext, Changes } from '../../platform/changes/changes.js';
import { Clock } from '../../platform/clock.js';
import type { Actor } from '../../platform/identity/actor.js';
import { newId } from '../../platform/ids.js';
import { DomainError } from '../../platform/problems/domain-error.js';
import { RefreshTokens } from './refresh-tokens.js';
import { randomToken, sha256 } from './secrets.js';
import { SessionEndings } from './session-endings.js';
import { type RevocationReason, type SessionSelection, SessionsRepository } from './sessions.repository.js';

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

/** Why sessions end, and by whom. */
export interface Ending {
  reason: RevocationReason;
  actor: Actor;
}

/** Sign-ins: where a person is signed in, and the end of it. */
@Injectable()
export class SessionsService {
  constructor(
    private readonly refreshTokens: RefreshTokens,
    private readonly sessions: SessionsRepository,
    private readonly changes: Changes,
    private readonly endings: SessionEndings,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `account-disabled` */
  async start(accountId: string, device: Device): Promise<IssuedSession> {
    const now = this.clock.now();
    const session = { id: newId(), accountId, ...device, now, expiresAt: this.refreshTokens.expiryFrom(now, now) };
    const refreshToken = randomToken();
    return this.changes.make(async ({ transaction, audit }) => {
      const account = await this.sessions.create(transaction, session, sha256(refreshToken));
      const { role, displayName, disabledAt } = account;
      if (disabledAt !== null) throw new DomainError('account-disabled', { detail: 'Ask an administrator.' });
      audit({
        action: 'session.started',
        guildId: null,
        // Nobody is signed in before this.
        actor: { identity: null, ipAddress: device.ipAddress },
        target: { id: session.id, name: displayName, accountId },
        after: { userAgent: device.userAgent },
      });
      return { accountId, sessionId: session.id, role, refreshToken };
    });
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
  async end(selection: Required<Pick<SessionSelection, 'accountId' | 'sessionId'>>, ending: Ending): Promise<void> {
    const ended = await this.changes.make((context) => this.endWith(context, selection, ending));
    if (ended === 0) throw new DomainError('not-found', { detail: 'There is no such session.' });
  }

  async endAll(accountId: string, ending: Ending): Promise<void> {
    await this.changes.make((context) => this.endWith(context, { accountId }, ending));
  }

  /** Ends sessions as part of another change, and returns how many they were. */
  async endWith(context: ChangeContext, selection: SessionSelection, { reason, actor }: Ending): Promise<number> {
    const end = { now: this.clock.now(), reason };
    const sessionIds = await this.sessions.revoke(context.transaction, selection, end);
    this.endings.endWith(context, { accountId: selection.accountId, sessionIds, reason, actor });
    return sessionIds.length;
  }
}
