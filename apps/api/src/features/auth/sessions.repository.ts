import type { PlatformRole } from '@guildhall/contracts';
import { type Database, schema, type Transaction } from '@guildhall/database';
import { Inject, Injectable } from '@nestjs/common';
import { and, desc, eq, gt, isNull, lt, ne } from 'drizzle-orm';
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
  /** When the person signed in. */
  startedAt: Date;
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

export type RevocationReason =
  | 'signed-out'
  | 'signed-out-everywhere'
  | 'revoked'
  | 'reused-token'
  | 'password-changed'
  | 'password-reset'
  | 'ended-by-administrator'
  | 'account-disabled';

/** Which sessions of an account: one, all, or all but one. */
export interface SessionSelection {
  accountId: string;
  sessionId?: string;
  exceptSessionId?: string;
}

interface Presentation {
  hash: Buffer;
  now: Date;
  choose: (known: KnownToken) => FamilyStep;
}

type SessionRow = typeof sessions.$inferSelect;

@Injectable()
export class SessionsRepository {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  /** Stores a sign-in and the first refresh token of its family; what the account left behind expired goes. */
  async create(
    transaction: Transaction,
    { now, ...session }: NewSession,
    tokenHash: Buffer,
  ): Promise<{ role: PlatformRole; displayName: string; disabledAt: Date | null }> {
    await transaction
      .delete(sessions)
      .where(and(eq(sessions.accountId, session.accountId), lt(sessions.expiresAt, now)));
    await transaction.insert(sessions).values({ ...session, createdAt: now, lastUsedAt: now });
    await transaction
      .insert(refreshTokens)
      .values({ hash: tokenHash, sessionId: session.id, createdAt: now, expiresAt: session.expiresAt });
    const [account] = await transaction
      .select({ role: accounts.role, displayName: accounts.displayName, disabledAt: accounts.disabledAt })
      .from(accounts)
      .where(eq(accounts.id, session.accountId));
    if (!account) throw new Error('a session needs its account');
    return account;
  }

  /**
   * Finds a refresh token, has the caller choose what happens to its family, and does it, all in one transaction: the token
   * and its session are locked, so that of two who present the same one the second sees what became of the first.
   * @returns null for a token that is not known
   */
  async continueFamily(transaction: Transaction, { hash, now, choose }: Presentation): Promise<FamilyOutcome | null> {
    const known = await this.lockToken(transaction, hash, now);
    if (!known) return null;
    const step = choose(known);
    if (step.kind === 'rotate') await this.rotate(transaction, { hash, sessionId: known.sessionId, now, ...step });
    const { accountId, sessionId } = known;
    const end = { now, reason: 'reused-token' } as const;
    const ended = step.kind === 'end' ? await this.revoke(transaction, { accountId, sessionId }, end) : [];
    return { known, step, ended };
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
      startedAt: session.createdAt,
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

  /** When the sign-in of a session was; null for one that is gone. */
  async findStart(sessionId: string): Promise<Date | null> {
    const [row] = await this.database
      .select({ startedAt: sessions.createdAt })
      .from(sessions)
      .where(eq(sessions.id, sessionId));
    return row?.startedAt ?? null;
  }

  /** The sessions of an account that stand, the last used first. */
  async findLive(accountId: string, now: Date): Promise<SessionRow[]> {
    return this.database
      .select()
      .from(sessions)
      .where(and(eq(sessions.accountId, accountId), isNull(sessions.revokedAt), gt(sessions.expiresAt, now)))
      .orderBy(desc(sessions.lastUsedAt));
  }

  /** Ends sessions of an account; returns the ids of those that stood until now. */
  async revoke(
    transaction: Transaction,
    { accountId, sessionId, exceptSessionId }: SessionSelection,
    { now, reason }: { now: Date; reason: RevocationReason },
  ): Promise<string[]> {
    const rows = await transaction
      .update(sessions)
      .set({ revokedAt: now, revokedReason: reason })
      .where(
        and(
          eq(sessions.accountId, accountId),
          isNull(sessions.revokedAt),
          gt(sessions.expiresAt, now),
          sessionId === undefined ? undefined : eq(sessions.id, sessionId),
          exceptSessionId === undefined ? undefined : ne(sessions.id, exceptSessionId),
        ),
      )
      .returning({ id: sessions.id });
    return rows.map(({ id }) => id);
  }
}
