import { schema, type Transaction } from '@guildhall/database';
import { Injectable } from '@nestjs/common';
import { and, eq, isNotNull, sql } from 'drizzle-orm';
import type { DiscordAccountFacts } from './discord-profiles.rules.js';

const { accounts, emailCredentials } = schema;

export type LinkOutcome = 'linked' | 'taken' | 'has-another';

@Injectable()
export class DiscordLinksRepository {
  /** Gives an account a Discord identity, unless another account has it or this one has another. */
  async link(transaction: Transaction, accountId: string, facts: DiscordAccountFacts): Promise<LinkOutcome> {
    const { discordId, username, avatar } = facts;
    // Whoever links or signs in with the same identity at the same time waits here.
    await transaction.execute(sql`select pg_advisory_xact_lock(${discordId}::bigint)`);
    const [owner] = await transaction
      .select({ id: accounts.id })
      .from(accounts)
      .where(eq(accounts.discordId, discordId));
    if (owner && owner.id !== accountId) return 'taken';
    const [account] = await transaction
      .select({ discordId: accounts.discordId })
      .from(accounts)
      .where(eq(accounts.id, accountId))
      .for('update');
    if (account?.discordId != null && account.discordId !== discordId) return 'has-another';
    await transaction
      .update(accounts)
      .set({ discordId, username, avatar, updatedAt: new Date() })
      .where(eq(accounts.id, accountId));
    return 'linked';
  }

  /** Whether an account can be opened by e-mail: a proven address and a password. */
  async opensByEmail(transaction: Transaction, accountId: string): Promise<boolean> {
    const [row] = await transaction
      .select({ accountId: emailCredentials.accountId })
      .from(emailCredentials)
      .where(
        and(
          eq(emailCredentials.accountId, accountId),
          isNotNull(emailCredentials.verifiedAt),
          isNotNull(emailCredentials.passwordHash),
        ),
      )
      .for('update');
    return row !== undefined;
  }

  async unlink(transaction: Transaction, accountId: string): Promise<void> {
    await transaction
      .update(accounts)
      .set({ discordId: null, avatar: null, updatedAt: new Date() })
      .where(eq(accounts.id, accountId));
  }
}
