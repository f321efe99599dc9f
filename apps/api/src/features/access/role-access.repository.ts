import type { Snowflake } from '@guildhall/contracts';
import { type Database, schema, type Transaction } from '@guildhall/database';
import { Inject, Injectable } from '@nestjs/common';
import { and, desc, eq, isNull } from 'drizzle-orm';
import type { RoleMapping } from '../../platform/access/capabilities.rules.js';
import { DATABASE } from '../../platform/database/database.module.js';

const { guilds, roleAccess, roles } = schema;

/** A role with what administrators made of it; version 0 where they made nothing. */
export interface MappedRole extends RoleMapping {
  id: Snowflake;
  name: string;
  color: number;
  position: number;
  permissions: string;
  version: number;
}

const columns = {
  id: roles.id,
  name: roles.name,
  color: roles.color,
  position: roles.position,
  permissions: roles.permissions,
  set: roleAccess.set,
  granted: roleAccess.granted,
  removed: roleAccess.removed,
  version: roleAccess.version,
};

const mappingOfRole = and(eq(roleAccess.guildId, roles.guildId), eq(roleAccess.roleId, roles.id));

@Injectable()
export class RoleAccessRepository {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  /** The roles of a guild, the highest first. */
  async findAll(guildId: Snowflake): Promise<MappedRole[]> {
    const rows = await this.database
      .select(columns)
      .from(roles)
      .leftJoin(roleAccess, mappingOfRole)
      .where(and(eq(roles.guildId, guildId), isNull(roles.deletedAt)))
      .orderBy(desc(roles.position), roles.id);
    return rows.map(mappedRole);
  }

  /** A role that exists, while nobody else changes who may do what in its guild; null otherwise. */
  async lock(transaction: Transaction, guildId: Snowflake, roleId: Snowflake): Promise<MappedRole | null> {
    await transaction.select({ id: guilds.id }).from(guilds).where(eq(guilds.id, guildId)).for('no key update');
    const [row] = await transaction
      .select(columns)
      .from(roles)
      .leftJoin(roleAccess, mappingOfRole)
      .where(and(eq(roles.guildId, guildId), eq(roles.id, roleId), isNull(roles.deletedAt)));
    return row ? mappedRole(row) : null;
  }

  async write(
    transaction: Transaction,
    { guildId, roleId }: { guildId: Snowflake; roleId: Snowflake },
    { set, granted, removed, version }: RoleMapping & { version: number },
  ): Promise<void> {
    const values = { set, granted: [...granted], removed: [...removed], version };
    await transaction
      .insert(roleAccess)
      .values({ guildId, roleId, ...values })
      .onConflictDoUpdate({
        target: [roleAccess.guildId, roleAccess.roleId],
        set: { ...values, updatedAt: new Date() },
      });
  }
}

type Nullable<T, K extends keyof T> = Omit<T, K> & { [P in K]: T[P] | null };

function mappedRole(row: Nullable<MappedRole, 'granted' | 'removed' | 'version'>): MappedRole {
  return { ...row, granted: row.granted ?? [], removed: row.removed ?? [], version: row.version ?? 0 };
}
