import { type Database, schema, type Transaction } from '@guildhall/database';
import { Inject, Injectable } from '@nestjs/common';
import { and, eq, isNull, lte, or, sql } from 'drizzle-orm';
import { DATABASE } from '../database/database.module.js';

const { idempotencyKeys } = schema;

/** Stands for the status of an answer that is still being made, after what it reports was committed. */
const COMMITTED = 0;

/** One caller's key. */
export interface KeyName {
  caller: string;
  key: string;
}

/** The right to carry out a request: held by one process at a time, until it answers or its time is up. */
export interface Claim extends KeyName {
  fingerprint: Buffer;
  now: Date;
  lockedUntil: Date;
  expiresAt: Date;
}

/** What is kept of an answer. */
export interface KeptAnswer {
  status: number;
  /** Encrypted. */
  body: string;
  headers: Record<string, string>;
}

/** What is known of a key that somebody else has claimed. */
export interface KnownKey {
  fingerprint: Buffer;
  lockedUntil: Date;
  /** `committed`: done, and nothing is known of the answer. */
  state: 'under way' | 'committed' | 'answered';
  answer: KeptAnswer | null;
}

@Injectable()
export class IdempotencyKeysRepository {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  /** Takes a key that is free, was forgotten, or whose process died before it changed anything. @returns whether it did */
  async claim({ now, ...row }: Claim): Promise<boolean> {
    const taken = await this.database
      .insert(idempotencyKeys)
      .values({ ...row, createdAt: now })
      .onConflictDoUpdate({
        target: [idempotencyKeys.caller, idempotencyKeys.key],
        set: { ...row, createdAt: now, status: null, body: null, headers: null },
        setWhere: sql`${idempotencyKeys.expiresAt} <= ${now} or (
          ${idempotencyKeys.status} is null and ${idempotencyKeys.lockedUntil} <= ${now}
          and ${idempotencyKeys.fingerprint} = excluded.fingerprint)`,
      })
      .returning({ key: idempotencyKeys.key });
    return taken.length > 0;
  }

  async find(name: KeyName): Promise<KnownKey | null> {
    const [row] = await this.database.select().from(idempotencyKeys).where(isNamed(name));
    if (!row) return null;
    const { fingerprint, lockedUntil, status, headers } = row;
    if (status === null) return { fingerprint, lockedUntil, state: 'under way', answer: null };
    if (status === COMMITTED) return { fingerprint, lockedUntil, state: 'committed', answer: null };
    // Safe: `keep` writes nothing but strings.
    const body = row.body as string;
    return { fingerprint, lockedUntil, state: 'answered', answer: { status, body, headers: headers ?? {} } };
  }

  /**
   * Notes, in the transaction of a change, that it was made under a claim.
   * @returns false when the claim has passed to somebody else: the change must not be made
   */
  async noteChange(transaction: Transaction, claim: Claim): Promise<boolean> {
    const noted = await transaction
      .update(idempotencyKeys)
      .set({ status: COMMITTED })
      .where(isHeldBy(claim))
      .returning({ key: idempotencyKeys.key });
    return noted.length > 0;
  }

  /** Keeps the answer to a claim that still stands. */
  async keep(claim: Claim, answer: KeptAnswer): Promise<void> {
    await this.database.update(idempotencyKeys).set(answer).where(isHeldBy(claim));
  }

  /** Gives a claim back: the next request with the key is carried out, unless a change was made under this one. */
  async release(claim: Claim, now: Date): Promise<void> {
    const freed = await this.database
      .delete(idempotencyKeys)
      .where(and(isHeldBy(claim), isNull(idempotencyKeys.status)))
      .returning({ key: idempotencyKeys.key });
    if (freed.length > 0) return;
    await this.database.update(idempotencyKeys).set({ lockedUntil: now }).where(isHeldBy(claim));
  }

  /** Forgets what is older than a key lives. */
  async purge(now: Date): Promise<void> {
    await this.database.delete(idempotencyKeys).where(lte(idempotencyKeys.expiresAt, now));
  }
}

function isNamed({ caller, key }: KeyName) {
  return and(eq(idempotencyKeys.caller, caller), eq(idempotencyKeys.key, key));
}

/** A claim that has passed on has another end, and one that was answered has a status that no request begins with. */
function isHeldBy(claim: Claim) {
  return and(
    isNamed(claim),
    eq(idempotencyKeys.lockedUntil, claim.lockedUntil),
    or(isNull(idempotencyKeys.status), eq(idempotencyKeys.status, COMMITTED)),
  );
}
