import type { AdminAccount, AdminAccountQuery, PlatformRole } from '@guildhall/contracts';
import { type Database, schema, type Transaction } from '@guildhall/database';
import { Inject, Injectable } from '@nestjs/common';
import { and, asc, count, eq, ilike, isNull, ne, or, type SQL, sql } from 'drizzle-orm';
import { DATABASE } from '../../platform/database/database.module.js';
import { offsetOf, type PageContent } from '../../platform/lists/page.rules.js';

const { accounts, emailCredentials } = schema;

const ROLES_LOCK = 'platform roles';

/** The role of an account, and whether it is kept out. */
interface NewStanding {
  role: PlatformRole;
  isDisabled: boolean;
  now: Date;
}

@Injectable()
export class AdminAccountsRepository {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  async findPage(query: AdminAccountQuery): Promise<PageContent<AdminAccount>> {
    const condition = and(
      query.role ? eq(accounts.role, query.role) : undefined,
      query.q === undefined ? undefined : matches(query.q),
    );
    const [rows, total] = await Promise.all([
      joined(this.database)
        .where(condition)
        .orderBy(asc(sql`lower(${accounts.displayName})`), asc(accounts.id))
        .limit(query.limit)
        .offset(offsetOf(query)),
      this.count(condition),
    ]);
    return { items: rows.map(adminAccountOf), total };
  }

  /** An account as it is until the transaction ends: whoever changes roles waits for the others, as the last one must stay. */
  async lock(transaction: Transaction, accountId: string): Promise<AdminAccount | null> {
    await transaction.execute(sql`select pg_advisory_xact_lock(hashtextextended(${ROLES_LOCK}, 0))`);
    const [row] = await joined(transaction).where(eq(accounts.id, accountId));
    return row ? adminAccountOf(row) : null;
  }

  /** Whether somebody else than an account administers the instance. */
  async hasOtherAdministrator(transaction: Transaction, accountId: string): Promise<boolean> {
    const [other] = await transaction
      .select({ id: accounts.id })
      .from(accounts)
      .where(and(eq(accounts.role, 'ADMIN'), isNull(accounts.disabledAt), ne(accounts.id, accountId)))
      .limit(1);
    return other !== undefined;
  }

  async setStanding(
    transaction: Transaction,
    accountId: string,
    { role, isDisabled, now }: NewStanding,
  ): Promise<void> {
    // A disabled account keeps the instant at which it was.
    const disabledAt = isDisabled ? sql`coalesce(${accounts.disabledAt}, ${now.toISOString()}::timestamptz)` : null;
    await transaction.update(accounts).set({ role, disabledAt, updatedAt: now }).where(eq(accounts.id, accountId));
  }

  private async count(condition: SQL | undefined): Promise<number> {
    const [row] = await this.database
      .select({ count: count() })
      .from(accounts)
      .leftJoin(emailCredentials, eq(emailCredentials.accountId, accounts.id))
      .where(condition);
    return row?.count ?? 0;
  }
}

function joined(database: Database | Transaction) {
  return database
    .select({ account: accounts, credential: emailCredentials })
    .from(accounts)
    .leftJoin(emailCredentials, eq(emailCredentials.accountId, accounts.id));
}

function matches(text: string): SQL | undefined {
  const pattern = `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`;
  return or(
    ilike(accounts.displayName, pattern),
    ilike(accounts.username, pattern),
    ilike(accounts.email, pattern),
    ilike(emailCredentials.email, pattern),
  );
}

type Row = Awaited<ReturnType<typeof joined>>[number];

function adminAccountOf({ account, credential }: Row): AdminAccount {
  const { updatedAt: _updatedAt, disabledAt, createdAt, ...facts } = account;
  return {
    ...facts,
    createdAt: createdAt.toISOString(),
    isDisabled: disabledAt !== null,
    emailSignIn: credential && {
      email: credential.email,
      isVerified: credential.verifiedAt !== null,
      hasPassword: credential.passwordHash !== null,
    },
  };
}
