import type { Capability, PageQuery, Snowflake } from '@guildhall/contracts';
import { type Database, schema, type Transaction } from '@guildhall/database';
import { Inject, Injectable } from '@nestjs/common';
import { and, asc, count, eq, sql } from 'drizzle-orm';
import { DATABASE } from '../../platform/database/database.module.js';
import { offsetOf, type PageContent } from '../../platform/lists/page.rules.js';

const { accounts, guildPeople } = schema;

/** Somebody who was invited into a guild. */
export interface PersonRow {
  accountId: string;
  displayName: string;
  username: string;
  email: string | null;
  discordId: Snowflake | null;
  capabilities: Capability[];
  createdAt: Date;
  version: number;
}

const columns = {
  accountId: accounts.id,
  displayName: accounts.displayName,
  username: accounts.username,
  email: accounts.email,
  discordId: accounts.discordId,
  capabilities: guildPeople.capabilities,
  createdAt: guildPeople.createdAt,
  version: guildPeople.version,
};

@Injectable()
export class PeopleRepository {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  /** A page of those who were invited, by name. */
  async findPage(guildId: Snowflake, query: PageQuery): Promise<PageContent<PersonRow>> {
    const [items, [total]] = await Promise.all([
      this.database
        .select(columns)
        .from(guildPeople)
        .innerJoin(accounts, eq(accounts.id, guildPeople.accountId))
        .where(eq(guildPeople.guildId, guildId))
        .orderBy(asc(sql`lower(${accounts.displayName})`), asc(accounts.id))
        .limit(query.limit)
        .offset(offsetOf(query)),
      this.database.select({ count: count() }).from(guildPeople).where(eq(guildPeople.guildId, guildId)),
    ]);
    return { items, total: total?.count ?? 0 };
  }

  async find(guildId: Snowflake, accountId: string): Promise<PersonRow | null> {
    const [row] = await this.database
      .select(columns)
      .from(guildPeople)
      .innerJoin(accounts, eq(accounts.id, guildPeople.accountId))
      .where(isPerson(guildId, accountId));
    return row ?? null;
  }

  /** The same, alone until the transaction ends. */
  async lock(transaction: Transaction, guildId: Snowflake, accountId: string): Promise<PersonRow | null> {
    const [row] = await transaction
      .select(columns)
      .from(guildPeople)
      .innerJoin(accounts, eq(accounts.id, guildPeople.accountId))
      .where(isPerson(guildId, accountId))
      .for('update', { of: guildPeople });
    return row ?? null;
  }

  /** Lets somebody do this and nothing else by invitation; the version counts on. */
  async write(
    transaction: Transaction,
    { guildId, accountId }: { guildId: Snowflake; accountId: string },
    capabilities: readonly Capability[],
  ): Promise<void> {
    const values = { capabilities: [...capabilities] };
    await transaction
      .insert(guildPeople)
      .values({ guildId, accountId, ...values })
      .onConflictDoUpdate({
        target: [guildPeople.guildId, guildPeople.accountId],
        set: { ...values, version: sql`${guildPeople.version} + 1`, updatedAt: new Date() },
      });
  }

  async remove(transaction: Transaction, guildId: Snowflake, accountId: string): Promise<void> {
    await transaction.delete(guildPeople).where(isPerson(guildId, accountId));
  }
}

function isPerson(guildId: Snowflake, accountId: string) {
  return and(eq(guildPeople.guildId, guildId), eq(guildPeople.accountId, accountId));
}
