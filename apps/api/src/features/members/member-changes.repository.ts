import type { Member, Snowflake } from '@guildhall/contracts';
import { schema, type Transaction } from '@guildhall/database';
import { Injectable } from '@nestjs/common';
import { and, eq, isNull, type SQL, sql } from 'drizzle-orm';
import type { MemberAddress } from '../../platform/discord/discord-rest.js';
import { memberOf } from './member-rows.rules.js';

const { discordUsers, members } = schema;

/** What one action changes of a member; everything else is left to the dispatches, which may be newer. */
export type MemberChange =
  | { nickname: string | null }
  | { timeoutUntil: Date | null }
  | { addedRoleId: Snowflake }
  | { removedRoleId: Snowflake };

/** Brings members to what Discord just answered. */
@Injectable()
export class MemberChangesRepository {
  /** @returns the member before and after; null for somebody who is not among the members we know */
  async change(
    transaction: Transaction,
    address: MemberAddress,
    change: MemberChange,
  ): Promise<{ before: Member; after: Member } | null> {
    const before = await this.lock(transaction, address);
    if (!before) return null;
    const [row] = await transaction.update(members).set(valuesOf(change)).where(isAt(address)).returning();
    return row ? { before: memberOf(before), after: memberOf({ member: row, user: before.user }) } : null;
  }

  private async lock(transaction: Transaction, address: MemberAddress) {
    const [row] = await transaction
      .select({ member: members, user: discordUsers })
      .from(members)
      .innerJoin(discordUsers, eq(discordUsers.id, members.userId))
      .where(and(isAt(address), isNull(members.leftAt)))
      .for('update', { of: members });
    return row;
  }
}

function isAt({ guildId, userId }: MemberAddress): SQL | undefined {
  return and(eq(members.guildId, guildId), eq(members.userId, userId));
}

function valuesOf(change: MemberChange) {
  if ('addedRoleId' in change)
    return { roleIds: sql`array_append(${without(change.addedRoleId)}, ${change.addedRoleId}::bigint)` };
  if ('removedRoleId' in change) return { roleIds: without(change.removedRoleId) };
  return change;
}

function without(roleId: Snowflake): SQL {
  return sql`array_remove(${members.roleIds}, ${roleId}::bigint)`;
}
