import type { Snowflake } from '@guildhall/contracts';
import { type Database, schema, type Transaction } from '@guildhall/database';
import { Inject, Injectable } from '@nestjs/common';
import { and, eq, isNotNull, isNull, or, type SQL, sql } from 'drizzle-orm';
import { DATABASE } from '../database/database.module.js';
import { idArray } from '../database/unnest.js';
import type { HeldRole, Standing } from './capabilities.rules.js';

const { channels, guilds, guildPeople, members, roles } = schema;

/** A person by the account, by the Discord identity or by both. */
export interface Person {
  accountId: string | null;
  discordId: Snowflake | null;
}

interface StandingOptions {
  transaction?: Transaction | undefined;
  /** What Discord told, instead of the roles in our copy. */
  told?: { isPresent: SQL<boolean>; roleIds: SQL };
}

@Injectable()
export class AccessRepository {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  /** By the synchronised copy, as a transaction sees it where one is given; null for a guild we do not know. */
  async standing(guildId: Snowflake, person: Person, transaction?: Transaction): Promise<Standing | null> {
    const [row] = await this.standings(person, eq(guilds.id, guildId), { transaction });
    return row ?? null;
  }

  /** The standing of a person in every guild they have something to do with. */
  async standingsOf(person: Person): Promise<Standing[]> {
    const takesPart = or(
      isNotNull(members.userId),
      isNotNull(guildPeople.accountId),
      sql`${guilds.ownerId} = ${person.discordId}::bigint`,
    );
    return this.standings(person, takesPart);
  }

  /**
   * By the roles that Discord just told instead of the ones we know, null for who is not in the guild; null for a guild we do
   * not know.
   */
  async freshStanding(
    guildId: Snowflake,
    person: Person,
    roleIds: readonly Snowflake[] | null,
  ): Promise<Standing | null> {
    const told = {
      isPresent: sql<boolean>`${roleIds !== null}::boolean`,
      roleIds: idArray([guildId, ...(roleIds ?? [])]),
    };
    const [row] = await this.standings(person, eq(guilds.id, guildId), { told });
    return row ?? null;
  }

  /** Where a role stands that exists; null otherwise. */
  async findRole(guildId: Snowflake, roleId: Snowflake): Promise<{ id: Snowflake; position: number } | null> {
    const [row] = await this.database
      .select({ id: roles.id, position: roles.position })
      .from(roles)
      .where(and(eq(roles.guildId, guildId), eq(roles.id, roleId), isNull(roles.deletedAt)));
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

  private async standings(
    person: Person,
    condition: SQL | undefined,
    { transaction, told }: StandingOptions = {},
  ): Promise<Standing[]> {
    const discordId = sql`${person.discordId}::bigint`;
    const isOwner = sql<boolean>`coalesce(${guilds.ownerId} = ${discordId}, false)`;
    // An owner whose row has not arrived yet is there all the same: a guild cannot be without its owner.
    const isPresent = sql<boolean>`case when ${members.userId} is null then ${isOwner} else ${members.leftAt} is null end`;
    return (transaction ?? this.database)
      .select({
        guildId: guilds.id,
        isGuildActive: guilds.isActive,
        isPresent: told?.isPresent ?? isPresent,
        isOwner,
        roles: rolesAmong(told?.roleIds ?? sql`coalesce(${members.roleIds}, '{}') || ${guilds.id}`),
        invitedWith: guildPeople.capabilities,
        isAccountDisabled: sql<boolean>`exists (
          select from accounts d where d.id = ${accountOf(person)} and d.disabled_at is not null
        )`,
      })
      .from(guilds)
      .leftJoin(members, and(eq(members.guildId, guilds.id), sql`${members.userId} = ${discordId}`))
      .leftJoin(guildPeople, and(eq(guildPeople.guildId, guilds.id), eq(guildPeople.accountId, accountOf(person))))
      .where(condition);
  }
}

/** Who is known by Discord alone may have an account all the same. */
function accountOf({ accountId, discordId }: Person): SQL {
  if (accountId !== null) return sql`${accountId}::uuid`;
  return sql`(select a.id from accounts a where a.discord_id = ${discordId}::bigint)`;
}

/**
 * The guild's roles among `roleIds` with what administrators made of them. A deleted role gives nothing, even where a list
 * still names it.
 */
function rolesAmong(roleIds: SQL): SQL<HeldRole[]> {
  return sql<HeldRole[]>`coalesce((
    select json_agg(json_build_object(
      'id', r.id::text, 'position', r.position, 'permissions', r.permissions::text,
      'set', m.set, 'granted', coalesce(m.granted, '{}'), 'removed', coalesce(m.removed, '{}')
    ))
    from roles r left join role_access m on m.guild_id = r.guild_id and m.role_id = r.id
    where r.guild_id = guilds.id and r.deleted_at is null and r.id = any(${roleIds})
  ), '[]')`;
}
