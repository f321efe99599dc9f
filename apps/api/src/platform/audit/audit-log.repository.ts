import type { Snowflake } from '@guildhall/contracts';
import { schema, type Transaction } from '@guildhall/database';
import { Injectable } from '@nestjs/common';
import { eq, sql } from 'drizzle-orm';
import type { Identity } from '../identity/identity.js';
import type { AuditPart, AuditPartName, ChainEntry } from './audit-chain.rules.js';
import type { KnownActor } from './audit-parts.rules.js';

const { accounts, apiKeys, auditEntries, auditParts, discordUsers } = schema;

/** The end of a chain. */
export interface ChainEnd {
  seq: number;
  mac: Buffer;
}

export interface NewEntry extends ChainEntry {
  mac: Buffer;
  parts: { part: AuditPartName; salt: Buffer; content: AuditPart }[];
}

@Injectable()
export class AuditLogRepository {
  /** Has other writers of a chain wait until the transaction ends. */
  async lock(transaction: Transaction, guildId: Snowflake | null): Promise<void> {
    const chain = `audit chain ${guildId ?? 'of the instance'}`;
    await transaction.execute(sql`select pg_advisory_xact_lock(hashtextextended(${chain}, 0))`);
  }

  /** The last entry of a chain; null for one without entries. */
  async findEnd(transaction: Transaction, guildId: Snowflake | null): Promise<ChainEnd | null> {
    const [end] = await transaction
      .select({ seq: auditEntries.seq, mac: auditEntries.mac })
      .from(auditEntries)
      .where(eq(sql`coalesce(${auditEntries.guildId}, 0)`, guildId ?? '0'))
      .orderBy(sql`${auditEntries.seq} desc nulls last`)
      .limit(1);
    return end ?? null;
  }

  async insert(transaction: Transaction, entries: readonly NewEntry[]): Promise<void> {
    await transaction
      .insert(auditEntries)
      .values(entries.map(({ parts: _parts, at, ...entry }) => ({ ...entry, at: new Date(at) })));
    const rows = entries.flatMap(({ id: entryId, parts }) =>
      parts.map(({ part, salt, content }) => ({ entryId, part, salt, ...content })),
    );
    if (rows.length > 0) await transaction.insert(auditParts).values(rows);
  }

  /** Who acts, as people know them. */
  async findActor(transaction: Transaction, identity: Identity): Promise<KnownActor> {
    switch (identity.kind) {
      case 'account':
        return this.findAccount(transaction, identity.accountId);
      case 'interaction':
        return this.findDiscordUser(transaction, identity.discordId);
      case 'apiKey':
        return this.findApiKey(transaction, identity.apiKeyId);
    }
  }

  private async findAccount(transaction: Transaction, accountId: string): Promise<KnownActor> {
    const [row] = await transaction
      .select({ name: accounts.displayName })
      .from(accounts)
      .where(eq(accounts.id, accountId));
    return { accountId, name: row?.name ?? '' };
  }

  private async findDiscordUser(transaction: Transaction, discordId: Snowflake): Promise<KnownActor> {
    const [user] = await transaction
      .select({ globalName: discordUsers.globalName, username: discordUsers.username })
      .from(discordUsers)
      .where(eq(discordUsers.id, discordId));
    const [account] = await transaction
      .select({ id: accounts.id, name: accounts.displayName })
      .from(accounts)
      .where(eq(accounts.discordId, discordId));
    return { accountId: account?.id ?? null, name: user?.globalName ?? user?.username ?? account?.name ?? discordId };
  }

  private async findApiKey(transaction: Transaction, apiKeyId: string): Promise<KnownActor> {
    const [row] = await transaction.select({ name: apiKeys.name }).from(apiKeys).where(eq(apiKeys.id, apiKeyId));
    return { accountId: null, name: row?.name ?? '' };
  }
}
