import type { Locale } from '@guildhall/contracts';
import { type Database, schema, type Transaction } from '@guildhall/database';
import { Inject, Injectable } from '@nestjs/common';
import { and, eq, sql } from 'drizzle-orm';
import { DATABASE } from '../../../platform/database/database.module.js';
import { type CredentialFacts, ownerOfAddress, putCredential } from './email-account-rows.repository.js';

const { accounts, emailCredentials } = schema;

/** What an account signs in with, and how to write to its owner. */
export interface EmailCredential {
  accountId: string;
  email: string;
  passwordHash: string | null;
  verifiedAt: Date | null;
  displayName: string;
  locale: Locale;
}

const columns = {
  accountId: emailCredentials.accountId,
  email: emailCredentials.email,
  passwordHash: emailCredentials.passwordHash,
  verifiedAt: emailCredentials.verifiedAt,
  displayName: accounts.displayName,
  locale: accounts.locale,
};

@Injectable()
export class EmailCredentialsRepository {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  async findByEmail(email: string): Promise<EmailCredential | null> {
    const [row] = await this.joined().where(sql`lower(${emailCredentials.email}) = lower(${email})`);
    return row ?? null;
  }

  async find(accountId: string): Promise<EmailCredential | null> {
    const [row] = await this.joined().where(eq(emailCredentials.accountId, accountId));
    return row ?? null;
  }

  /** Gives an account its credential, in place of one that it had; false when the address is another account's. */
  async put(
    transaction: Transaction,
    accountId: string,
    credential: CredentialFacts & { now: Date },
  ): Promise<boolean> {
    const owner = await ownerOfAddress(transaction, credential.email);
    if (owner !== null && owner !== accountId) return false;
    await putCredential(transaction, accountId, credential);
    return true;
  }

  async setPassword(
    transaction: Transaction,
    accountId: string,
    { passwordHash, now }: { passwordHash: string; now: Date },
  ): Promise<void> {
    await transaction
      .update(emailCredentials)
      .set({ passwordHash, passwordChangedAt: now, updatedAt: now })
      .where(eq(emailCredentials.accountId, accountId));
  }

  /** Notes that an address was proven, and shows it from now on; false when the account has another one by now. */
  async verify(
    transaction: Transaction,
    { accountId, email }: { accountId: string; email: string },
    now: Date,
  ): Promise<boolean> {
    const verified = await transaction
      .update(emailCredentials)
      .set({ verifiedAt: now, updatedAt: now })
      .where(and(eq(emailCredentials.accountId, accountId), eq(emailCredentials.email, email)))
      .returning({ accountId: emailCredentials.accountId });
    if (verified.length === 0) return false;
    await transaction.update(accounts).set({ email, updatedAt: now }).where(eq(accounts.id, accountId));
    return true;
  }

  private joined() {
    return this.database
      .select(columns)
      .from(emailCredentials)
      .innerJoin(accounts, eq(accounts.id, emailCredentials.accountId));
  }
}
