import type { PlatformRole } from '@guildhall/contracts';
import { type Database, schema, type Transaction } from '@guildhall/database';
import { Inject, Injectable } from '@nestjs/common';
import { and, desc, eq, gt, isNull, lt } from 'drizzle-orm';
import { DATABASE } from '../../platform/database/database.module.js';
import type { PresentedToken } from './refresh-rotation.rules.js';

const { accounts, refreshTokens, sessions } = schema;

export interface NewSession {
  id: string;
  accountId: string;
  userAgent: string | null;
  ipAddress: string | null;
  now: Date;
  expiresAt: Date;
}

/** A refresh token with what it belongs to. */
export interface KnownToken {
  sessionId: string;
  accountId: string;
  role: PlatformRole;
  isSessionLive: boolean;
  token: PresentedToken;
  isSuccessorUsed: boolean;
}

/** What happens to a family when one of its tokens is presented. */
export type FamilyStep =
  { kind: 'refuse' } | { kind: 'repeat' } | { kind: 'rotate'; successor: Buffer; expiresAt: Date } | { kind: 'end' };

interface FamilyOutcome {
  known: KnownToken;
  step: FamilyStep;
  /** The session, where it was ended. */
  ended: string[];
}

interface Rotation {
  hash: Buffer;
  successor: Buffer;
  sessionId: string;
  now: Date;
  expiresAt: Date;
}

export type RevocationReason = 'signed-out' | 'signed-out-everywhere' | 'revoked' | 'reused-token';

type SessionRow = typeof sessions.$inferSelect;

@Injectable()
export class SessionsRepository {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  /** Stores a sign-in and the first refresh token of its family; what the account left behind expired goes. */
  async create({ now, ...session }: NewSession, tokenHash: Buffer): Promise<PlatformRole> {
    return this.database.transaction(async (transaction) => {
      await transaction
        .delete(sessions)
        .where(and(eq(sessions.accountId, session.accountId), lt(sessions.expiresAt, now)));
      await transaction.insert(sessions).values({ ...session, createdAt: now, lastUsedAt: now });
      await transaction
        .insert(refreshTokens)
        .values({ hash: tokenHash, sessionId: session.id, createdAt: now, expiresAt: session.expiresAt });
      const [account] = await transaction
        .select({ role: accounts.role })
        .from(accounts)
        .where(eq(accounts.id, session.accountId));
      if (!account) throw new Error('a session needs its account');
      return account.role;
    });
  }

  /**
   * Finds a refresh token, has the caller choose what happens to its family, and does it, all in one transaction: the token
   * and its session are locked, so that of two who present the same one the second sees what became of the first.
   * @returns null for a token that is not known
   */
  async continueFamily(
    hash: Buffer,
    now: Date,
    choose: (known: KnownToken) => FamilyStep,
  ): Promise<FamilyOutcome | null> {
    return this.database.transaction(async (transaction) => {
      const known = await this.lockToken(transaction, hash, now);
      if (!known) return null;
      const step = choose(known);
      if (step.kind === 'rotate') await this.rotate(transaction, { hash, sessionId: known.sessionId, now, ...step });
      const ended = step.kind === 'end' ? await this.revoke(known, { now, reason: 'reused-token' }, transaction) : [];
      return { known, step, ended };
    });
  }

  private async lockToken(transaction: Transaction, hash: Buffer, now: Date): Promise<KnownToken | null> {
    const [row] = await transaction
      .select({ token: refreshTokens, session: sessions, role: accounts.role })
      .from(refreshTokens)
      .innerJoin(sessions, eq(sessions.id, refreshTokens.sessionId))
      .innerJoin(accounts, eq(accounts.id, sessions.accountId))
      .where(eq(refreshTokens.hash, hash))
      .for('update', { of: [refreshTokens, sessions] });
    if (!row) return null;
    const { token, session, role } = row;
    return {
      sessionId: session.id,
      accountId: session.accountId,
      role,
      isSessionLive: session.revokedAt === null && session.expiresAt > now,
      token,
      isSuccessorUsed: token.successor !== null && (await this.isRotated(transaction, token.successor)),
    };
  }

  private async isRotated(transaction: Transaction, hash: Buffer): Promise<boolean> {
    const [row] = await transaction
      .select({ rotatedAt: refreshTokens.rotatedAt })
      .from(refreshTokens)
      .where(eq(refreshTokens.hash, hash));
    return row?.rotatedAt != null;
  }

  /** Puts a successor in a token's place and prolongs the session; expired tokens of the family are dropped. */
  private async rotate(transaction: Transaction, rotation: Rotation): Promise<void> {
    const { hash, successor, sessionId, now, expiresAt } = rotation;
    await transaction.insert(refreshTokens).values({ hash: successor, sessionId, createdAt: now, expiresAt });
    await transaction.update(refreshTokens).set({ rotatedAt: now, successor }).where(eq(refreshTokens.hash, hash));
    await transaction.update(sessions).set({ lastUsedAt: now, expiresAt }).where(eq(sessions.id, sessionId));
    await transaction
      .delete(refreshTokens)
      .where(and(eq(refreshTokens.sessionId, sessionId), lt(refreshTokens.expiresAt, now)));
  }

  /** The sessions of an account that stand, the last used first. */
  async findLive(accountId: string, now: Date): Promise<SessionRow[]> {
    return this.database
      .select()
      .from(sessions)
      .where(and(eq(sessions.accountId, accountId), isNull(sessions.revokedAt), gt(sessions.expiresAt, now)))
      .orderBy(desc(sessions.lastUsedAt));
  }

  /** Ends one session of an account, or all of them; returns the ids of those that stood until now. */
  async revoke(
    { accountId, sessionId }: { accountId: string; sessionId?: string },
    { now, reason }: { now: Date; reason: RevocationReason },
    database: Database | Transaction = this.database,
  ): Promise<string[]> {
    const rows = await database
      .update(sessions)
      .set({ revokedAt: now, revokedReason: reason })
      .where(
        and(
          eq(sessions.accountId, accountId),
          isNull(sessions.revokedAt),
          gt(sessions.expiresAt, now),
          sessionId === undefined ? undefined : eq(sessions.id, sessionId),
        ),
      )
      .returning({ id: sessions.id });
    return rows.map(({ id }) => id);
  }
}
