import type { Account, UpdateAccount } from '@guildhall/contracts';
import { type Database, schema } from '@guildhall/database';
import { Inject, Injectable } from '@nestjs/common';
import { eq } from 'drizzle-orm';
import { DATABASE } from '../../platform/database/database.module.js';
import { newId } from '../../platform/ids.js';

const { accounts, discordTokens } = schema;

type DiscordAccountFacts = Required<
  Pick<typeof accounts.$inferInsert, 'discordId' | 'username' | 'displayName' | 'avatar' | 'email' | 'locale'>
>;
type EncryptedTokens = Omit<typeof discordTokens.$inferInsert, 'accountId'>;

@Injectable()
export class AccountsRepository {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  /**
   * Creates the account of a Discord identity or brings it up to date, and returns its id. The language is Discord's at the
   * first sign-in only: afterwards it is the person's choice.
   * @param tokensFor encrypts Discord's tokens for the account's id
   */
  async upsertDiscordAccount(
    facts: DiscordAccountFacts,
    tokensFor: (accountId: string) => EncryptedTokens,
  ): Promise<string> {
    const { locale: _firstLocale, discordId: _identity, ...changing } = facts;
    return this.database.transaction(async (transaction) => {
      const [account] = await transaction
        .insert(accounts)
        .values({ id: newId(), ...facts })
        .onConflictDoUpdate({ target: accounts.discordId, set: { ...changing, updatedAt: new Date() } })
        .returning({ id: accounts.id });
      if (!account) throw new Error('an upsert returned no row');
      const tokens = tokensFor(account.id);
      await transaction
        .insert(discordTokens)
        .values({ accountId: account.id, ...tokens })
        .onConflictDoUpdate({ target: discordTokens.accountId, set: tokens });
      return account.id;
    });
  }

  async find(accountId: string): Promise<Account | null> {
    const [row] = await this.database.select().from(accounts).where(eq(accounts.id, accountId));
    return row ? accountOf(row) : null;
  }

  /** Changes the person's own preferences; null for an account that is gone. */
  async update(accountId: string, change: UpdateAccount): Promise<Account | null> {
    const [row] = await this.database
      .update(accounts)
      // What is absent stays; Drizzle leaves undefined values out.
      .set({ locale: change.locale, theme: change.theme })
      .where(eq(accounts.id, accountId))
      .returning();
    return row ? accountOf(row) : null;
  }
}

function accountOf({ updatedAt: _updatedAt, createdAt, ...row }: typeof accounts.$inferSelect): Account {
  return { ...row, createdAt: createdAt.toISOString() };
}
