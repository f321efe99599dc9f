import type { PlatformRole, Snowflake } from '@guildhall/contracts';
import { type Database, schema } from '@guildhall/database';
import { Inject, Injectable } from '@nestjs/common';
import { and, eq, gt, isNull } from 'drizzle-orm';
import { DATABASE } from '../database/database.module.js';

const { accounts, sessions } = schema;

export interface LiveSession {
  accountId: string;
  discordId: Snowflake | null;
  role: PlatformRole;
}

@Injectable()
export class LiveSessionsRepository {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  /** Who signed in, while the session is neither revoked nor expired and the account not disabled. */
  async find(sessionId: string, now: Date): Promise<LiveSession | null> {
    const [row] = await this.database
      .select({ accountId: accounts.id, discordId: accounts.discordId, role: accounts.role })
      .from(sessions)
      .innerJoin(accounts, eq(accounts.id, sessions.accountId))
      .where(
        and(
          eq(sessions.id, sessionId),
          isNull(sessions.revokedAt),
          gt(sessions.expiresAt, now),
          isNull(accounts.disabledAt),
        ),
      );
    return row ?? null;
  }
}
