import type { Account, UpdateAccount } from '@guildhall/contracts';
import { type Database, schema, type Transaction } from '@guildhall/database';
import { Inject, Injectable } from '@nestjs/common';
import { eq, sql } from 'drizzle-orm';
import { DATABASE } from '../../platform/database/database.module.js';
import { newId } from '../../platform/ids.js';
import type { DiscordAccountFacts } from './discord-profiles.rules.js';

const { accounts, emailCredentials } = schema;

@Injectable()
export class AccountsRepository {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  /**
   * Creates the account of a Discord identity or brings it up to date. The language is Discord's at the first sign-in only:
   * afterwards it is the person's choice. Who signs in by e-mail too keeps that address, and an uploaded picture stays.
   */
  async upsertDiscordAccount(
    transaction: Transaction,
    facts: DiscordAccountFacts,
  ): Promise<{ accountId: string; isNew: boolean }> {
    const { locale: _firstLocale, discordId: _identity, ...changing } = facts;
    const ownEmail = sql`(select email_credentials.email from ${emailCredentials}
      where email_credentials.account_id = accounts.id and email_credentials.verified_at is not null)`;
    // Somebody may be linking the same identity to another account.
    await transaction.execute(sql`select pg_advisory_xact_lock(${facts.discordId}::bigint)`);
    const [account] = await transaction
      .insert(accounts)
      .values({ id: newId(), ...facts })
      .onConflictDoUpdate({
        target: accounts.discordId,
        set: {
          ...changing,
          email: sql`coalesce(${ownEmail}, excluded.email)`,
          avatar: sql`case when starts_with(accounts.avatar, 'upload:') then accounts.avatar else excluded.avatar end`,
          updatedAt: new Date(),
        },
      })
      // A row that was just inserted has never been updated.
      .returning({ accountId: accounts.id, isNew: sql<boolean>`xmax = 0` });
    if (!account) throw new Error('an upsert returned no row');
    return account;
  }

  async find(accountId: string): Promise<Account | null> {
    const [row] = await this.database.select().from(accounts).where(eq(accounts.id, accountId));
    return row ? accountOf(row) : null;
  }

  /** Changes the person's own preferences; null for an account that is gone. */
  async update(
    transaction: Transaction,
    accountId: string,
    change: UpdateAccount,
  ): Promise<{ before: Account; after: Account } | null> {
    const [before] = await transaction.select().from(accounts).where(eq(accounts.id, accountId)).for('update');
    const [after] = await transaction
      .update(accounts)
      // What is absent stays; Drizzle leaves undefined values out.
      .set({ locale: change.locale, theme: change.theme })
      .where(eq(accounts.id, accountId))
      .returning();
    return before && after ? { before: accountOf(before), after: accountOf(after) } : null;
  }
}

/** A row as the contract has it. */
function accountOf({
  updatedAt: _updatedAt,
  disabledAt: _disabledAt,
  createdAt,
  ...row
}: typeof accounts.$inferSelect): Account {
  return { ...row, createdAt: createdAt.toISOString() };
}
