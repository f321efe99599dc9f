import { type Database, schema } from '@guildhall/database';
import { Inject, Injectable } from '@nestjs/common';
import { isNotNull, lt, or } from 'drizzle-orm';
import { DATABASE } from '../../platform/database/database.module.js';

const { oneTimeLinks, refreshTokens, sessions } = schema;

@Injectable()
export class AuthCleaningRepository {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  /** Removes sessions and refresh tokens that have expired, and links that are good no more. */
  async removeExpired(now: Date): Promise<void> {
    await this.database.delete(sessions).where(lt(sessions.expiresAt, now));
    await this.database.delete(refreshTokens).where(lt(refreshTokens.expiresAt, now));
    await this.database.delete(oneTimeLinks).where(or(isNotNull(oneTimeLinks.usedAt), lt(oneTimeLinks.expiresAt, now)));
  }
}
