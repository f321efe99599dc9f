import type { Snowflake } from '@guildhall/contracts';
import { type Database, schema } from '@guildhall/database';
import { id } from './bot-events.js';

/** A guild with an owner, an administrator and a member without any rights. */
export interface FoundedGuild {
  guildId: Snowflake;
  administratorRole: Snowflake;
  ownerId: Snowflake;
  administratorId: Snowflake;
  memberId: Snowflake;
}

/**
 * Writes a guild as it is after its first synchronisation.
 * @param first the guild's id; the others count on from it
 */
export async function foundGuild(database: Database, first: number): Promise<FoundedGuild> {
  const [guildId, administratorRole, ownerId, administratorId, memberId] = [0, 1, 2, 3, 4].map((n) =>
    id(first + n),
  ) as [Snowflake, Snowflake, Snowflake, Snowflake, Snowflake];
  await database.insert(schema.guilds).values({
    ...{ id: guildId, name: `Guild ${first}`, ownerId, preferredLocale: 'en-GB', botId: 'guildhall' },
    syncedAt: new Date(),
  });
  const roleFacts = { color: 0, isManaged: false, isHoisted: false, isMentionable: false };
  await database.insert(schema.roles).values([
    { id: guildId, guildId, name: '@everyone', position: 0, permissions: '104324673', ...roleFacts },
    { id: administratorRole, guildId, name: 'Administrator', position: 1, permissions: '8', ...roleFacts },
  ]);
  const people = [ownerId, administratorId, memberId];
  await database
    .insert(schema.discordUsers)
    .values(people.map((userId) => ({ id: userId, username: `user-${userId}`, isBot: false })));
  await database.insert(schema.members).values([
    { guildId, userId: ownerId, roleIds: [] },
    { guildId, userId: administratorId, roleIds: [administratorRole] },
    { guildId, userId: memberId, roleIds: [] },
  ]);
  return { guildId, administratorRole, ownerId, administratorId, memberId };
}
