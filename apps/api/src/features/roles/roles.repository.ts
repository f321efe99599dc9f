import type { Role, Snowflake } from '@guildhall/contracts';
import { type Database, schema } from '@guildhall/database';
import { Inject, Injectable } from '@nestjs/common';
import { and, desc, eq, isNull } from 'drizzle-orm';
import { DATABASE } from '../../platform/database/database.module.js';

const { roles } = schema;

type RoleRow = typeof roles.$inferSelect;

/** Reads of roles; deleted ones are never among them. */
@Injectable()
export class RolesRepository {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  /** All roles of a guild, the highest first. */
  async findAll(guildId: Snowflake): Promise<Role[]> {
    const rows = await this.database
      .select()
      .from(roles)
      .where(and(eq(roles.guildId, guildId), isNull(roles.deletedAt)))
      .orderBy(desc(roles.position), roles.id);
    return rows.map(roleOf);
  }

  async find(guildId: Snowflake, roleId: Snowflake): Promise<Role | null> {
    const [row] = await this.database
      .select()
      .from(roles)
      .where(and(eq(roles.guildId, guildId), eq(roles.id, roleId), isNull(roles.deletedAt)));
    return row ? roleOf(row) : null;
  }
}

function roleOf({ guildId: _guildId, deletedAt: _deletedAt, updatedAt: _updatedAt, ...role }: RoleRow): Role {
  return role;
}
