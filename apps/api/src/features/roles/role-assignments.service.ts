import type { Role, Snowflake } from '@guildhall/contracts';
import { Injectable } from '@nestjs/common';
import { PermissionFlagsBits } from 'discord-api-types/v10';
import { GuildAccess } from '../../platform/access/guild-access.js';
import { type ActingCaller, DiscordActions } from '../../platform/discord/discord-actions.js';
import { isAdministrator } from '../../platform/discord/discord-permissions.rules.js';
import { DiscordRest, type MemberAddress } from '../../platform/discord/discord-rest.js';
import { DomainError } from '../../platform/problems/domain-error.js';
import { type MemberChange, MemberCopy } from '../members/index.js';
import { RolesRepository } from './roles.repository.js';

/** A role that somebody gets or loses. */
export interface RoleAssignment extends MemberAddress {
  roleId: Snowflake;
}

/** Gives roles to members and takes them away. Each method throws DomainErrors as GuildAccess and DiscordRest do. */
@Injectable()
export class RoleAssignmentsService {
  constructor(
    private readonly roles: RolesRepository,
    private readonly access: GuildAccess,
    private readonly rest: DiscordRest,
    private readonly actions: DiscordActions,
    private readonly copy: MemberCopy,
  ) {}

  async assign(actor: ActingCaller, assignment: RoleAssignment, reason: string | undefined): Promise<void> {
    const role = await this.requireAssignable(actor, assignment);
    await this.make(actor, { assignment, role, reason, isAdded: true });
  }

  async withdraw(actor: ActingCaller, assignment: RoleAssignment, reason: string | undefined): Promise<void> {
    const role = await this.requireAssignable(actor, assignment);
    await this.make(actor, { assignment, role, reason, isAdded: false });
  }

  /**
   * The role must stand below who acts and below the bot; whether the member does is nobody's concern, as on Discord.
   * @throws DomainError `conflict` for a role that Discord itself manages, `owner-only` for one that may do everything
   */
  private async requireAssignable({ identity }: ActingCaller, { guildId, roleId }: RoleAssignment): Promise<Role> {
    const role = await this.roles.find(guildId, roleId);
    if (!role || roleId === guildId) throw new DomainError('not-found', { detail: 'There is no such role to give.' });
    if (role.isManaged) {
      throw new DomainError('conflict', {
        detail: 'Discord manages this role: it belongs to a bot or a subscription.',
      });
    }
    await this.access.requireFresh(identity, guildId, 'roles.assign');
    await this.access.requireAboveRole(identity, guildId, roleId);
    if (isAdministrator(role.permissions)) await this.access.requireOwner(identity, guildId);
    return role;
  }

  private async make(
    actor: ActingCaller,
    {
      assignment,
      role,
      reason,
      isAdded,
    }: { assignment: RoleAssignment; role: Role; reason: string | undefined; isAdded: boolean },
  ): Promise<void> {
    const { guildId, userId, roleId } = assignment;
    const change: MemberChange = isAdded ? { addedRoleId: roleId } : { removedRoleId: roleId };
    await this.actions.make({
      actor,
      guildId,
      permission: PermissionFlagsBits.ManageRoles,
      reason,
      perform: (auditReason) =>
        isAdded
          ? this.rest.addRole(assignment, roleId, auditReason)
          : this.rest.removeRole(assignment, roleId, auditReason),
      keep: async (context) => {
        const changed = await this.copy.change(context, assignment, change);
        const name = changed?.after.user.username;
        const record = {
          action: isAdded ? ('member.roleAdded' as const) : ('member.roleRemoved' as const),
          target: { id: userId, discordId: userId, ...(name !== undefined && { name }) },
          after: { roleId, role: role.name },
        };
        return { result: undefined, record };
      },
    });
  }
}
