import { type Database, schema, type Transaction } from '@guildhall/database';
import { Inject, Injectable } from '@nestjs/common';
import { eq } from 'drizzle-orm';
import { DATABASE } from '../../platform/database/database.module.js';
import type { SealedTokens } from './discord-token-seal.js';

const { discordTokens } = schema;

@Injectable()
export class DiscordTokensRepository {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  /** Puts an account's tokens in place of those it had. */
  async put(transaction: Transaction, accountId: string, tokens: SealedTokens): Promise<void> {
    await transaction
      .insert(discordTokens)
      .values({ accountId, ...tokens })
      .onConflictDoUpdate({ target: discordTokens.accountId, set: tokens });
  }

  /** Removes an account's tokens and returns them, or null when it had none. */
  async remove(transaction: Transaction, accountId: string): Promise<SealedTokens | null> {
    const [row] = await transaction.delete(discordTokens).where(eq(discordTokens.accountId, accountId)).returning();
    return row ?? null;
  }

  /**
   * Has the caller look at an account's tokens and replace them: nobody else does the same at once, since a refresh token
   * works once. The tokens that `renew` gives are kept; null removes them.
   * @returns the tokens as they are then; null when there are none
   */
  async keepFresh(
    accountId: string,
    renew: (tokens: SealedTokens) => Promise<SealedTokens | null>,
  ): Promise<SealedTokens | null> {
    return this.database.transaction(async (transaction) => {
      const [row] = await transaction
        .select()
        .from(discordTokens)
        .where(eq(discordTokens.accountId, accountId))
        .for('update');
      if (!row) return null;
      const renewed = await renew(row);
      if (renewed === null) await this.remove(transaction, accountId);
      else if (renewed !== row) await this.put(transaction, accountId, renewed);
      return renewed;
    });
  }
}
