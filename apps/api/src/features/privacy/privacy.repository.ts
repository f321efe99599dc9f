import type { DataExport, Snowflake } from '@guildhall/contracts';
import { type Database, schema, type Transaction } from '@guildhall/database';
import { Inject, Injectable } from '@nestjs/common';
import { and, desc, eq, lte, ne } from 'drizzle-orm';
import { DATABASE } from '../../platform/database/database.module.js';
import { newId } from '../../platform/ids.js';
import type { Person } from '../../platform/privacy/personal-data.js';

const { accounts, dataExports, emailCredentials, guilds, members } = schema;

export type ExportRow = typeof dataExports.$inferSelect;

/** An account as its erasure needs to know it. */
export interface AccountToErase extends Person {
  avatar: string | null;
  fileKeys: string[];
  /** Guilds in which they were seen. */
  guildIds: Snowflake[];
}

@Injectable()
export class PrivacyRepository {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  async findPerson(accountId: string): Promise<Person | null> {
    return this.personOf(this.database, accountId);
  }

  /** What an account is called, in lower case: its username and its addresses. */
  async findNames(accountId: string): Promise<string[]> {
    const [account] = await this.database
      .select({ username: accounts.username })
      .from(accounts)
      .where(eq(accounts.id, accountId));
    const person = await this.findPerson(accountId);
    return account && person ? [account.username.toLowerCase(), ...person.emails] : [];
  }

  private async personOf(database: Database | Transaction, accountId: string): Promise<Person | null> {
    const [row] = await database
      .select({ discordId: accounts.discordId, shown: accounts.email, signsInWith: emailCredentials.email })
      .from(accounts)
      .leftJoin(emailCredentials, eq(emailCredentials.accountId, accounts.id))
      .where(eq(accounts.id, accountId));
    if (!row) return null;
    const addresses = [row.shown, row.signsInWith].flatMap((email) => (email ? [email.toLowerCase()] : []));
    return { accountId, discordId: row.discordId, emails: [...new Set(addresses)] };
  }

  /** Everything that an erasure needs; nobody else changes the account until the transaction ends. */
  async lock(transaction: Transaction, accountId: string): Promise<AccountToErase | null> {
    const [account] = await transaction
      .select({ avatar: accounts.avatar })
      .from(accounts)
      .where(eq(accounts.id, accountId))
      .for('update');
    const person = await this.personOf(transaction, accountId);
    if (!account || !person) return null;
    const files = await transaction
      .select({ fileKey: dataExports.fileKey })
      .from(dataExports)
      .where(eq(dataExports.accountId, accountId));
    return {
      ...person,
      ...account,
      fileKeys: files.flatMap(({ fileKey }) => fileKey ?? []),
      guildIds: await this.guildsOf(transaction, person.discordId),
    };
  }

  private async guildsOf(transaction: Transaction, discordId: Snowflake | null): Promise<Snowflake[]> {
    if (discordId === null) return [];
    const rows = await transaction
      .select({ id: guilds.id })
      .from(guilds)
      .innerJoin(members, eq(members.guildId, guilds.id))
      .where(and(eq(members.userId, discordId), eq(guilds.isActive, true)));
    return rows.map(({ id }) => id);
  }

  /** Deletes the account, and by foreign keys all that belongs to nothing else. */
  async deleteAccount(transaction: Transaction, accountId: string): Promise<void> {
    await transaction.delete(accounts).where(eq(accounts.id, accountId));
  }

  async addExport(
    transaction: Transaction,
    row: Pick<ExportRow, 'accountId' | 'createdAt' | 'expiresAt'>,
  ): Promise<ExportRow> {
    const [added] = await transaction
      .insert(dataExports)
      .values({ id: newId(), ...row })
      .returning();
    if (!added) throw new Error('an insert returned no row');
    return added;
  }

  async findExports(accountId: string): Promise<ExportRow[]> {
    return this.database
      .select()
      .from(dataExports)
      .where(eq(dataExports.accountId, accountId))
      .orderBy(desc(dataExports.createdAt), desc(dataExports.id));
  }

  async findExport(id: string): Promise<ExportRow | null> {
    const [row] = await this.database.select().from(dataExports).where(eq(dataExports.id, id));
    return row ?? null;
  }

  /** Whether there was still somebody to give it to. */
  async finishExport(id: string, change: Pick<ExportRow, 'fileKey' | 'sizeBytes' | 'finishedAt'>): Promise<boolean> {
    const rows = await this.database
      .update(dataExports)
      .set({ ...change, state: 'ready' })
      .where(and(eq(dataExports.id, id), ne(dataExports.state, 'ready')))
      .returning({ id: dataExports.id });
    return rows.length > 0;
  }

  async findExpired(now: Date): Promise<ExportRow[]> {
    return this.database.select().from(dataExports).where(lte(dataExports.expiresAt, now));
  }

  async deleteExport(id: string): Promise<void> {
    await this.database.delete(dataExports).where(eq(dataExports.id, id));
  }

  async findAvatar(accountId: string): Promise<string | null> {
    const [row] = await this.database
      .select({ avatar: accounts.avatar })
      .from(accounts)
      .where(eq(accounts.id, accountId));
    return row?.avatar ?? null;
  }

  /** @returns what it was before */
  async setAvatar(transaction: Transaction, accountId: string, avatar: string | null): Promise<string | null> {
    const [row] = await transaction
      .select({ avatar: accounts.avatar })
      .from(accounts)
      .where(eq(accounts.id, accountId))
      .for('update');
    await transaction.update(accounts).set({ avatar }).where(eq(accounts.id, accountId));
    return row?.avatar ?? null;
  }
}

/** An export as its owner sees it. */
export function exportOf({ id, state, sizeBytes, createdAt, finishedAt, expiresAt }: ExportRow): DataExport {
  return {
    id,
    state,
    sizeBytes,
    createdAt: createdAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
    expiresAt: expiresAt.toISOString(),
  };
}
