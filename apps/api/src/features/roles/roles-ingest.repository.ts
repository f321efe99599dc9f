import type { Role, Snowflake } from '@guildhall/contracts';
import { schema, type Transaction } from '@guildhall/database';
import { Injectable } from '@nestjs/common';
import { and, eq, isNull, notInArray, sql } from 'drizzle-orm';
import { unnest, type UnnestColumn } from '../../platform/database/unnest.js';

const { roles } = schema;

/** A role of a guild, as told by one event. */
export interface GuildRole {
  guildId: Snowflake;
  role: Role;
}

const COLUMNS: readonly UnnestColumn<GuildRole>[] = [
  ['bigint', ({ role }) => role.id],
  ['bigint', ({ guildId }) => guildId],
  ['text', ({ role }) => role.name],
  ['int', ({ role }) => role.color],
  ['int', ({ role }) => role.position],
  ['numeric', ({ role }) => role.permissions],
  ['boolean', ({ role }) => role.isManaged],
  ['boolean', ({ role }) => role.isHoisted],
  ['boolean', ({ role }) => role.isMentionable],
];

@Injectable()
export class RolesIngestRepository {
  /** Writes roles, each one once; one that was deleted stays so. @returns the ids that were written */
  async upsert(transaction: Transaction, rows: readonly GuildRole[]): Promise<Set<Snowflake>> {
    return this.write(transaction, rows, false);
  }

  /**
   * Makes a guild's roles what a snapshot says: those in it exist, all others do not.
   * @returns the ids of the roles that are gone
   */
  async replaceAll(transaction: Transaction, guildId: Snowflake, listed: readonly Role[]): Promise<Snowflake[]> {
    await this.write(
      transaction,
      listed.map((role) => ({ guildId, role })),
      true,
    );
    const listedIds = listed.map(({ id }) => id);
    const gone = await transaction
      .update(roles)
      .set({ deletedAt: new Date() })
      .where(and(eq(roles.guildId, guildId), isNull(roles.deletedAt), notInArray(roles.id, listedIds)))
      .returning({ id: roles.id });
    return gone.map(({ id }) => id);
  }

  private async write(transaction: Transaction, rows: readonly GuildRole[], raises: boolean): Promise<Set<Snowflake>> {
    if (rows.length === 0) return new Set();
    const written = await transaction.execute<{ id: Snowflake }>(sql`
      insert into ${roles} as known
        (id, guild_id, name, color, position, permissions, is_managed, is_hoisted, is_mentionable)
      select * from ${unnest(rows, COLUMNS)}
      on conflict (id) do update set
        name = excluded.name, color = excluded.color, position = excluded.position, permissions = excluded.permissions,
        is_managed = excluded.is_managed, is_hoisted = excluded.is_hoisted, is_mentionable = excluded.is_mentionable,
        deleted_at = null, updated_at = now()
      where known.guild_id = excluded.guild_id and (known.deleted_at is null or ${raises})
      returning id`);
    return new Set(written.rows.map(({ id }) => id));
  }

  /** Leaves a tombstone, even of a role that was never seen. @returns whether it was not there before */
  async bury(transaction: Transaction, guildId: Snowflake, id: Snowflake, deletedAt: Date): Promise<boolean> {
    const buried = await transaction
      .insert(roles)
      .values({
        id,
        guildId,
        name: '',
        color: 0,
        position: 0,
        permissions: '0',
        isManaged: false,
        isHoisted: false,
        isMentionable: false,
        deletedAt,
      })
      .onConflictDoUpdate({
        target: roles.id,
        set: { deletedAt },
        setWhere: and(eq(roles.guildId, guildId), isNull(roles.deletedAt)),
      })
      .returning({ id: roles.id });
    return buried.length > 0;
  }
}
