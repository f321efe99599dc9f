import { type Database, schema } from '@guildhall/database';
import { Inject, Injectable } from '@nestjs/common';
import { and, eq, isNull, lt, or, sql } from 'drizzle-orm';
import { DATABASE } from '../database/database.module.js';
import type { ApiKeyIdentity } from './identity.js';

const { accounts, apiKeys } = schema;

export interface LiveApiKey {
  identity: ApiKeyIdentity;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
}

@Injectable()
export class LiveApiKeysRepository {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  /** The key with this hash, unless it was revoked. */
  async find(hash: Buffer): Promise<LiveApiKey | null> {
    const [row] = await this.database
      .select({ key: apiKeys, discordId: accounts.discordId })
      .from(apiKeys)
      .leftJoin(accounts, eq(accounts.id, apiKeys.createdBy))
      .where(and(eq(apiKeys.hash, hash), isNull(apiKeys.revokedAt)));
    if (!row) return null;
    const { id, guildId, capabilities, createdBy, expiresAt, lastUsedAt } = row.key;
    return {
      identity: {
        kind: 'apiKey',
        apiKeyId: id,
        guildId,
        capabilities,
        createdBy: createdBy === null ? null : { accountId: createdBy, discordId: row.discordId },
      },
      expiresAt,
      lastUsedAt,
    };
  }

  /** Notes a use, unless one was noted within the last minute. */
  async touch(apiKeyId: string, now: Date): Promise<void> {
    await this.database
      .update(apiKeys)
      .set({ lastUsedAt: now })
      .where(
        and(
          eq(apiKeys.id, apiKeyId),
          or(
            isNull(apiKeys.lastUsedAt),
            lt(apiKeys.lastUsedAt, sql`${now.toISOString()}::timestamptz - interval '1 minute'`),
          ),
        ),
      );
  }
}
