import type { RoleAccess, Snowflake, UpdateRoleAccess } from '@guildhall/contracts';
import { Injectable } from '@nestjs/common';
import { effectiveOf, isAdministrator, type RoleMapping } from '../../platform/access/capabilities.rules.js';
import { GuildAccess } from '../../platform/access/guild-access.js';
import { Changes } from '../../platform/changes/changes.js';
import type { Acting } from '../../platform/identity/actor.js';
import type { Identity } from '../../platform/identity/identity.js';
import { DomainError } from '../../platform/problems/domain-error.js';
import { areEqual, requireMayChange } from './grants.rules.js';
import { type MappedRole, RoleAccessRepository } from './role-access.repository.js';

/** A change of what a role gives. */
export interface RoleAccessChange {
  actor: Acting;
  body: UpdateRoleAccess;
  /** The version that the change is meant for; null for any. */
  expectedVersion: number | null;
}

/** What the members of Discord roles may do in Guildhall. */
@Injectable()
export class RoleAccessService {
  constructor(
    private readonly roles: RoleAccessRepository,
    private readonly access: GuildAccess,
    private readonly changes: Changes,
  ) {}

  /** All roles of a guild, the highest first. */
  async list(identity: Identity, guildId: Snowflake): Promise<RoleAccess[]> {
    const roles = await this.roles.findAll(guildId);
    const below = await this.access.rolesBelow(identity, guildId, roles);
    return roles.map((role) => shown(role, below.has(role)));
  }

  /**
   * Gives a role another set and other single capabilities.
   * @throws DomainError `above-your-role`, `owner-only`, `missing-capability`, `version-mismatch`, `not-found`,
   * `discord-unavailable`
   */
  async update(guildId: Snowflake, roleId: Snowflake, change: RoleAccessChange): Promise<RoleAccess> {
    const { actor, body, expectedVersion } = change;
    const grant = await this.access.requireFresh(actor.identity, guildId, 'access.manage');
    await this.access.requireAboveRole(actor.identity, guildId, roleId, { isDoneByBot: false });
    return this.changes.make(async ({ transaction, audit, publish }) => {
      const before = await this.roles.lock(transaction, guildId, roleId);
      if (!before) throw new DomainError('not-found', { detail: 'There is no such role.' });
      if (expectedVersion !== null && expectedVersion !== before.version) throw new DomainError('version-mismatch');
      requireMayChange(grant, { before: mappedBy(before), after: mappedBy(body) });
      if (isSame(before, body)) return shown(before, true);
      const after = { ...before, ...body, version: before.version + 1 };
      await this.roles.write(transaction, { guildId, roleId }, after);
      const target = { id: roleId, name: before.name };
      audit({ action: 'access.roleUpdated', guildId, actor, target, before: written(before), after: written(after) });
      publish({ name: 'access.updated', guildId, item: { id: roleId, of: 'role' } });
      return shown(after, true);
    });
  }
}

/** What a mapping gives by itself: a role may lose Discord's ADMINISTRATOR, and what stands here would count then. */
function mappedBy(mapping: RoleMapping) {
  return effectiveOf({ ...mapping, permissions: '0' });
}

function isSame(one: RoleMapping, other: RoleMapping): boolean {
  return one.set === other.set && areEqual(one.granted, other.granted) && areEqual(one.removed, other.removed);
}

function written({ set, granted, removed }: RoleMapping): Record<string, unknown> {
  return { set, granted, removed };
}

function shown(role: MappedRole, isEditable: boolean): RoleAccess {
  const { id, permissions, granted, removed, ...facts } = role;
  return {
    ...facts,
    roleId: id,
    granted: [...granted],
    removed: [...removed],
    isAdministrator: isAdministrator({ permissions }),
    effective: effectiveOf(role),
    isEditable,
  };
}
