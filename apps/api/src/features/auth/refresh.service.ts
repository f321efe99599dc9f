import { Injectable } from '@nestjs/common';
import { Changes } from '../../platform/changes/changes.js';
import { Clock } from '../../platform/clock.js';
import { DomainError } from '../../platform/problems/domain-error.js';
import { decideRotation, type TokenChannel } from './refresh-rotation.rules.js';
import { RefreshTokens } from './refresh-tokens.js';
import { sha256 } from './secrets.js';
import { SessionEndings } from './session-endings.js';
import { type FamilyStep, type KnownToken, SessionsRepository } from './sessions.repository.js';
import type { IssuedSession } from './sessions.service.js';

interface Presented {
  channel: TokenChannel;
  successor: string;
  now: Date;
}

/** Continues sessions, one refresh token after the other. */
@Injectable()
export class RefreshService {
  constructor(
    private readonly tokens: RefreshTokens,
    private readonly sessions: SessionsRepository,
    private readonly changes: Changes,
    private readonly endings: SessionEndings,
    private readonly clock: Clock,
  ) {}

  /**
   * Gives out the next refresh token of a family. A token that was replaced already ends the family, since only a thief or
   * a victim of one can still have it.
   * @throws DomainError `refresh-token-invalid`
   */
  async refresh(
    refreshToken: string,
    { channel, ipAddress }: { channel: TokenChannel; ipAddress: string | null },
  ): Promise<IssuedSession> {
    const now = this.clock.now();
    const successor = this.tokens.successorOf(refreshToken);
    const outcome = await this.changes.make(async (context) => {
      const found = await this.sessions.continueFamily(context.transaction, {
        hash: sha256(refreshToken),
        now,
        choose: (known) => this.choose(known, { channel, successor, now }),
      });
      if (found?.ended.length) {
        this.endings.endWith(context, {
          ...found.known,
          sessionIds: found.ended,
          reason: 'reused-token',
          actor: { identity: null, ipAddress },
        });
      }
      return found;
    });
    if (outcome?.ended.length) this.endings.noteReuse(outcome.known);
    if (outcome?.step.kind !== 'rotate' && outcome?.step.kind !== 'repeat') {
      throw new DomainError('refresh-token-invalid', { detail: 'Sign in again.' });
    }
    const { accountId, sessionId, role } = outcome.known;
    return { accountId, sessionId, role, refreshToken: successor };
  }

  private choose(known: KnownToken, { channel, successor, now }: Presented): FamilyStep {
    if (!known.isSessionLive) return { kind: 'refuse' };
    const decision = decideRotation(known.token, { channel, isSuccessorUsed: known.isSuccessorUsed, now });
    switch (decision) {
      case 'rotate':
        return {
          kind: 'rotate',
          successor: sha256(successor),
          expiresAt: this.tokens.expiryFrom(now, known.startedAt),
        };
      case 'repeat':
        return { kind: 'repeat' };
      case 'reuse':
        return { kind: 'end' };
      case 'expired':
        return { kind: 'refuse' };
    }
  }
}
