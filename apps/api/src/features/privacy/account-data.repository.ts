import { type Database, schema, type Transaction } from '@guildhall/database';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { eq, getTableColumns, inArray, or, type SQL, sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import { DATABASE } from '../../platform/database/database.module.js';
import { namesPerson } from '../../platform/privacy/names-person.js';
import { type Person, PersonalData } from '../../platform/privacy/personal-data.js';

const { accounts, apiKeys, dataExports, emailCredentials, failedActions, guildPeople, idempotencyKeys } = schema;
const { invitations, oneTimeLinks, sessions } = schema;

/** A table that holds something of an account, without the columns that are secrets. */
interface AccountTable {
  section: string;
  table: PgTable;
  columns: Record<string, unknown>;
  where: (person: Person) => SQL | undefined;
  /** For rows that do not fall with the account's row. */
  isErasedByHand?: true;
}

const { hash: _keyHash, ...apiKeyColumns } = getTableColumns(apiKeys);
const { passwordHash: _passwordHash, ...credentialColumns } = getTableColumns(emailCredentials);
const { hash: _invitationHash, ...invitationColumns } = getTableColumns(invitations);
const { hash: _linkHash, ...linkColumns } = getTableColumns(oneTimeLinks);

const TABLES: readonly AccountTable[] = [
  {
    section: 'account',
    table: accounts,
    columns: getTableColumns(accounts),
    where: ({ accountId }) => eq(accounts.id, accountId),
  },
  {
    section: 'emailSignIn',
    table: emailCredentials,
    columns: credentialColumns,
    where: ({ accountId }) => eq(emailCredentials.accountId, accountId),
  },
  {
    section: 'sessions',
    table: sessions,
    columns: getTableColumns(sessions),
    where: ({ accountId }) => eq(sessions.accountId, accountId),
  },
  {
    section: 'mailedLinks',
    table: oneTimeLinks,
    columns: linkColumns,
    where: ({ accountId }) => eq(oneTimeLinks.accountId, accountId),
  },
  {
    section: 'guildAccess',
    table: guildPeople,
    columns: getTableColumns(guildPeople),
    where: ({ accountId }) => eq(guildPeople.accountId, accountId),
  },
  {
    section: 'apiKeys',
    table: apiKeys,
    columns: apiKeyColumns,
    where: ({ accountId }) => eq(apiKeys.createdBy, accountId),
  },
  {
    section: 'exports',
    table: dataExports,
    columns: getTableColumns(dataExports),
    where: ({ accountId }) => eq(dataExports.accountId, accountId),
  },
  {
    section: 'invitations',
    table: invitations,
    columns: invitationColumns,
    where: ({ emails }) => (emails.length > 0 ? inArray(sql`lower(${invitations.email})`, [...emails]) : sql`false`),
    isErasedByHand: true,
  },
  {
    section: 'repeatableRequests',
    table: idempotencyKeys,
    columns: { key: idempotencyKeys.key, createdAt: idempotencyKeys.createdAt, answer: idempotencyKeys.body },
    where: (person) =>
      or(
        inArray(idempotencyKeys.caller, [`account:${person.accountId}`, `discord:${person.discordId}`]),
        namesPerson(sql`${idempotencyKeys.body}::text`, person),
      ),
    isErasedByHand: true,
  },
  {
    section: 'failedActions',
    table: failedActions,
    columns: { queue: failedActions.queue, reason: failedActions.reason, failedAt: failedActions.failedAt },
    where: (person) => namesPerson(sql`concat(${failedActions.payload}::text, ' ', ${failedActions.reason})`, person),
    isErasedByHand: true,
  },
];

/** What Guildhall itself holds of a person with an account. */
@Injectable()
export class AccountDataRepository implements OnModuleInit {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly personalData: PersonalData,
  ) {}

  onModuleInit(): void {
    for (const one of TABLES) {
      this.personalData.register(one.section, {
        export: (person) => this.rowsOf(one, person),
        erase: (transaction, person) => this.erase(transaction, one, person),
      });
    }
  }

  private async *rowsOf({ table, columns, where }: AccountTable, person: Person): AsyncGenerator<unknown> {
    // Safe: the columns above are those of their tables.
    const selected = columns as Record<string, SQL>;
    yield* await this.database.select(selected).from(table).where(where(person));
  }

  private async erase(transaction: Transaction, one: AccountTable, person: Person): Promise<void> {
    if (one.isErasedByHand) await transaction.delete(one.table).where(one.where(person));
  }
}
