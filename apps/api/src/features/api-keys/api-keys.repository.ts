import type { ApiKey, ApiKeyListQuery, Capability, Snowflake } from '@guildhall/contracts';
import { type Database, schema, type Transaction } from '@guildhall/database';
import { Inject, Injectable } from '@nestjs/common';
import { and, asc, count, eq, isNull, ne, or, type SQL, sql } from 'drizzle-orm';
import { DATABASE } from '../../platform/database/database.module.js';
import { offsetOf, type PageContent } from '../../platform/lists/page.rules.js';
import { sortOrder } from '../../platform/lists/sort-order.js';

const { accounts, apiKeys, guilds } = schema;

const sortColumns = {
  name: sql`lower(${apiKeys.name})`,
  createdAt: apiKeys.createdAt,
  lastUsedAt: apiKeys.lastUsedAt,
  expiresAt: apiKeys.expiresAt,
};

/** A key that is about to exist. */
export interface ApiKeyDraft {
  id: string;
  guildId: Snowflake;
  name: string;
  prefix: string;
  hash: Buffer;
  capabilities: readonly Capability[];
  createdAt: Date;
  expiresAt: Date | null;
}

/** A key of one guild. */
export interface ApiKeyName {
  guildId: Snowflake;
  id: string;
}

export interface ApiKeyChange {
  expiresAt?: Date;
  revokedAt?: Date;
  successorId?: string;
}

/** The key that the environment names. */
export interface BootstrapName {
  guildId: Snowflake;
  hash: Buffer;
}

export interface GuildApiKey {
  guildId: Snowflake;
  key: ApiKey;
}

/** Keys of guilds; those that were revoked are never among what is found. */
@Injectable()
export class ApiKeysRepository {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  async findPage(guildId: Snowflake, query: ApiKeyListQuery): Promise<PageContent<ApiKey>> {
    const condition = and(eq(apiKeys.guildId, guildId), isNull(apiKeys.revokedAt));
    const [items, [found]] = await Promise.all([
      this.joined(this.database, condition)
        .orderBy(...sortOrder(query.sort, sortColumns), asc(apiKeys.id))
        .limit(query.limit)
        .offset(offsetOf(query)),
      this.database.select({ total: count() }).from(apiKeys).where(condition),
    ]);
    return { items: items.map(apiKeyOf), total: found?.total ?? 0 };
  }

  /** A key that nobody else changes until the transaction ends. */
  async lock(transaction: Transaction, { guildId, id }: ApiKeyName): Promise<ApiKey | null> {
    const [row] = await this.joined(
      transaction,
      and(eq(apiKeys.guildId, guildId), eq(apiKeys.id, id), isNull(apiKeys.revokedAt)),
    ).for('update', { of: apiKeys });
    return row ? apiKeyOf(row) : null;
  }

  async insert(transaction: Transaction, draft: ApiKeyDraft, createdBy: string): Promise<ApiKey> {
    await transaction.insert(apiKeys).values({ ...draft, capabilities: [...draft.capabilities], createdBy });
    return this.read(transaction, draft.id);
  }

  async update(transaction: Transaction, id: string, change: ApiKeyChange): Promise<ApiKey> {
    await transaction
      .update(apiKeys)
      .set({ ...change, version: sql`${apiKeys.version} + 1` })
      .where(eq(apiKeys.id, id));
    return this.read(transaction, id);
  }

  /** Adds the key of the environment. @returns null when it is there already, or its guild is not */
  async insertBootstrap(transaction: Transaction, draft: ApiKeyDraft): Promise<ApiKey | null> {
    const [guild] = await transaction.select({ id: guilds.id }).from(guilds).where(eq(guilds.id, draft.guildId));
    if (!guild) return null;
    const inserted = await transaction
      .insert(apiKeys)
      .values({ ...draft, capabilities: [...draft.capabilities], createdBy: null, isBootstrap: true })
      .onConflictDoNothing()
      .returning({ id: apiKeys.id });
    return inserted.length > 0 ? this.read(transaction, draft.id) : null;
  }

  /** Whether the key of the environment is there, revoked or not. */
  async hasBootstrap({ guildId, hash }: BootstrapName): Promise<boolean> {
    const rows = await this.database
      .select({ id: apiKeys.id })
      .from(apiKeys)
      .where(and(eq(apiKeys.hash, hash), eq(apiKeys.guildId, guildId)));
    return rows.length > 0;
  }

  /** Removes the keys that the environment named before. @param current the one it names now, if any */
  async deleteOtherBootstraps(transaction: Transaction, current: BootstrapName | null): Promise<GuildApiKey[]> {
    const isOther = current ? or(ne(apiKeys.hash, current.hash), ne(apiKeys.guildId, current.guildId)) : undefined;
    const others = await transaction
      .delete(apiKeys)
      .where(and(eq(apiKeys.isBootstrap, true), isOther))
      .returning();
    return others.map((key) => ({ guildId: key.guildId, key: apiKeyOf({ key, creator: null }) }));
  }

  private async read(transaction: Transaction, id: string): Promise<ApiKey> {
    const [row] = await this.joined(transaction, eq(apiKeys.id, id));
    if (!row) throw new Error(`API key ${id} was there a moment ago`);
    return apiKeyOf(row);
  }

  private joined(database: Database | Transaction, condition: SQL | undefined) {
    return database
      .select({ key: apiKeys, creator: accounts.displayName })
      .from(apiKeys)
      .leftJoin(accounts, eq(accounts.id, apiKeys.createdBy))
      .where(condition);
  }
}

interface ApiKeyRow {
  key: typeof apiKeys.$inferSelect;
  creator: string | null;
}

function apiKeyOf({ key, creator }: ApiKeyRow): ApiKey {
  const { id, name, prefix, capabilities, createdBy, isBootstrap, successorId, version } = key;
  return {
    ...{ id, name, prefix, capabilities, isBootstrap, successorId, version },
    createdBy: createdBy === null ? null : { accountId: createdBy, name: creator ?? '' },
    createdAt: key.createdAt.toISOString(),
    expiresAt: key.expiresAt?.toISOString() ?? null,
    lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
    revokedAt: key.revokedAt?.toISOString() ?? null,
  };
}
