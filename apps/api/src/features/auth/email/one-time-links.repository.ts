import { type Database, schema, type Transaction } from '@guildhall/database';
import { Inject, Injectable } from '@nestjs/common';
import { and, eq, gt, isNull } from 'drizzle-orm';
import { DATABASE } from '../../../platform/database/database.module.js';

const { oneTimeLinks } = schema;

export type LinkPurpose = (typeof oneTimeLinks.$inferSelect)['purpose'];

/** Whom a link was mailed to. */
export interface LinkOwner {
  accountId: string;
  email: string;
}

export interface NewLink extends LinkOwner {
  hash: Buffer;
  purpose: LinkPurpose;
  now: Date;
  expiresAt: Date;
}

interface PresentedLink {
  hash: Buffer;
  purpose: LinkPurpose;
  now: Date;
}

const owner = { accountId: oneTimeLinks.accountId, email: oneTimeLinks.email };

@Injectable()
export class OneTimeLinksRepository {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  /** Adds a link in place of the account's others of the same purpose. */
  async add(transaction: Transaction, { now, ...link }: NewLink): Promise<void> {
    await this.removeUnused(transaction, link.accountId, link.purpose);
    await transaction.insert(oneTimeLinks).values({ ...link, createdAt: now });
  }

  /** Whose a link is, without using it up. */
  async find(link: PresentedLink): Promise<LinkOwner | null> {
    const [row] = await this.database.select(owner).from(oneTimeLinks).where(isGood(link));
    return row ?? null;
  }

  /** Uses a link up; of several who try, one gets whose it is and the others null. */
  async redeem(transaction: Transaction, link: PresentedLink): Promise<LinkOwner | null> {
    const [row] = await transaction.update(oneTimeLinks).set({ usedAt: link.now }).where(isGood(link)).returning(owner);
    return row ?? null;
  }

  async removeUnused(transaction: Transaction, accountId: string, purpose: LinkPurpose): Promise<void> {
    await transaction
      .delete(oneTimeLinks)
      .where(
        and(eq(oneTimeLinks.accountId, accountId), eq(oneTimeLinks.purpose, purpose), isNull(oneTimeLinks.usedAt)),
      );
  }
}

function isGood({ hash, purpose, now }: PresentedLink) {
  return and(
    eq(oneTimeLinks.hash, hash),
    eq(oneTimeLinks.purpose, purpose),
    isNull(oneTimeLinks.usedAt),
    gt(oneTimeLinks.expiresAt, now),
  );
}
