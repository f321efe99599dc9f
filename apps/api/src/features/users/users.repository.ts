import type { DiscordUser, Snowflake } from '@guildhall/contracts';
import { type Database, schema } from '@guildhall/database';
import { Inject, Injectable } from '@nestjs/common';
import { and, eq, inArray, isNull } from 'drizzle-orm';
import { DATABASE } from '../../platform/database/database.module.js';

const { discordUsers, members } = schema;

@Injectable()
export class UsersRepository {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  /** A Discord account that is a member of one of these guilds; null otherwise. */
  async findMemberOf(userId: Snowflake, guildIds: Snowflake[]): Promise<DiscordUser | null> {
    const [row] = await this.database
      .select({ user: discordUsers })
      .from(members)
      .innerJoin(discordUsers, eq(discordUsers.id, members.userId))
      .where(and(eq(members.userId, userId), isNull(members.leftAt), inArray(members.guildId, guildIds)))
      .limit(1);
    if (!row) return null;
    const { updatedAt: _, ...user } = row.user;
    return user;
  }
}
