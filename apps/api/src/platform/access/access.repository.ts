import type { Snowflake } from '@guildhall/contracts';
import { type Database, schema } from '@guildhall/database';
import { Inject, Injectable } from '@nestjs/common';
import { and, eq, isNotNull, isNull, or, type SQL, sql } from 'drizzle-orm';
import { DATABASE } from '../database/database.module.js';
import type { Standing } from './capabilities.rules.js';

const { channels, guilds, members } = schema;

/** The standing of one person in one guild. */
export interface GuildStanding extends Standing {
  guildId: Snowflake;
}

@Injectable()
export class AccessRepository {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  /** By the synchronised copy; null for a guild we do not know. */
  async standing(guildId: Snowflake, userId: Snowflake): Promise<GuildStanding | null> {
    const [row] = await this.standings(userId, eq(guilds.id, guildId));
    return row ?? null;
  }

  /** The standing of a person in every guild they have something to do with. */
  async standingsOf(userId: Snowflake): Promise<GuildStanding[]> {
    return this.standings(userId, or(isNotNull(members.userId), eq(guilds.ownerId, userId)));
  }

  /** By the roles that Discord just told instead of the ones we know; null for a guild we do not know. */
  async freshStanding(
    guildId: Snowflake,
    userId: Snowflake,
    roleIds: readonly Snowflake[],
  ): Promise<GuildStanding | null> {
    const [row] = await this.database
      .select({
        guildId: guilds.id,
        isGuildActive: guilds.isActive,
        isPresent: sql<boolean>`true`,
        isOwner: sql<boolean>`${guilds.ownerId} = ${userId}`,
        rolePermissions: permissionsOf(sql`array[${sql.join([guildId, ...roleIds], sql`, `)}]::bigint[]`),
      })
      .from(guilds)
      .where(eq(guilds.id, guildId));
    return row ?? null;
  }

  /** The guild of a channel that exists; null otherwise. */
  async guildOfChannel(channelId: Snowflake): Promise<Snowflake | null> {
    const [row] = await this.database
      .select({ guildId: channels.guildId })
      .from(channels)
      .where(and(eq(channels.id, channelId), isNull(channels.deletedAt)));
    return row?.guildId ?? null;
  }

  private async standings(userId: Snowflake, condition: SQL | undefined): Promise<GuildStanding[]> {
    return this.database
      .select({
        guildId: guilds.id,
        isGuildActive: guilds.isActive,
        // An owner whose row has not arrived yet is there all the same: a guild cannot be without its owner.
        isPresent: sql<boolean>`case when ${members.userId} is null then ${guilds.ownerId} = ${userId} else ${members.leftAt} is null end`,
        isOwner: sql<boolean>`${guilds.ownerId} = ${userId}`,
        rolePermissions: permissionsOf(sql`coalesce(${members.roleIds}, '{}') || ${guilds.id}`),
      })
      .from(guilds)
      .leftJoin(members, and(eq(members.guildId, guilds.id), eq(members.userId, userId)))
      .where(condition);
  }
}

/**
 * The permission bits of the guild's roles among `roleIds`, to which the role of everybody belongs, whose id is the guild's.
 * A deleted role gives nothing, even where a list still names it. The names are written out, since Drizzle leaves the
 * table's name away where a statement has one table, which a subquery cannot bear.
 */
function permissionsOf(roleIds: SQL): SQL<string[]> {
  return sql<string[]>`array(
    select r.permissions::text from roles r
    where r.guild_id = guilds.id and r.deleted_at is null and r.id = any(${roleIds})
  )`;
}
