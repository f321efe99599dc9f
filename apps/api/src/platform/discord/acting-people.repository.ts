import type { Snowflake } from '@guildhall/contracts';
import { type Database, schema } from '@guildhall/database';
import { Inject, Injectable } from '@nestjs/common';
import { and, eq, inArray, isNull } from 'drizzle-orm';
import { DATABASE } from '../database/database.module.js';
import type { Identity } from '../identity/identity.js';
import type { DiscordPermissions } from './discord-permissions.rules.js';

const { accounts, apiKeys, discordUsers, guilds, members, roles } = schema;

/** Who acts in a guild. */
export interface ActingPerson {
  /** As people know them. */
  name: string;
  /** What Discord itself would let them do. */
  permissions: DiscordPermissions;
}

const NOBODY: DiscordPermissions = { isOwner: false, roleBits: [] };

@Injectable()
export class ActingPeopleRepository {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  /** The person or automation behind a request; null where Guildhall itself acts. */
  async find(guildId: Snowflake, identity: Identity | null): Promise<ActingPerson> {
    switch (identity?.kind) {
      case undefined:
        return { name: 'Guildhall', permissions: NOBODY };
      case 'apiKey':
        // An automation has nothing but what it was given.
        return { name: await this.nameOfKey(identity.apiKeyId), permissions: NOBODY };
      case 'account':
        return {
          name: await this.nameOfAccount(identity.accountId),
          permissions: identity.discordId === null ? NOBODY : await this.permissionsOf(guildId, identity.discordId),
        };
      case 'interaction':
        return {
          name: await this.nameOfUser(identity.discordId),
          permissions: await this.permissionsOf(guildId, identity.discordId, identity.roleIds),
        };
    }
  }

  private async nameOfAccount(accountId: string): Promise<string> {
    const [row] = await this.database
      .select({ name: accounts.displayName, discordId: accounts.discordId })
      .from(accounts)
      .where(eq(accounts.id, accountId));
    if (!row) return 'somebody';
    return row.discordId === null ? row.name : `${row.name} (${row.discordId})`;
  }

  private async nameOfUser(discordId: Snowflake): Promise<string> {
    const [row] = await this.database
      .select({ name: discordUsers.username })
      .from(discordUsers)
      .where(eq(discordUsers.id, discordId));
    return row ? `${row.name} (${discordId})` : discordId;
  }

  private async nameOfKey(apiKeyId: string): Promise<string> {
    const [row] = await this.database.select({ name: apiKeys.name }).from(apiKeys).where(eq(apiKeys.id, apiKeyId));
    return `API key ${row?.name ?? apiKeyId}`;
  }

  /** By the roles that Discord just told, where it did. */
  private async permissionsOf(
    guildId: Snowflake,
    userId: Snowflake,
    toldRoleIds?: readonly Snowflake[],
  ): Promise<DiscordPermissions> {
    const [row] = await this.database
      .select({ ownerId: guilds.ownerId, roleIds: members.roleIds, leftAt: members.leftAt })
      .from(guilds)
      .leftJoin(members, and(eq(members.guildId, guilds.id), eq(members.userId, userId)))
      .where(eq(guilds.id, guildId));
    if (!row) return NOBODY;
    const isPresent = row.roleIds !== null && row.leftAt === null;
    const roleIds = toldRoleIds ?? (isPresent ? row.roleIds : null);
    if (roleIds === null || roleIds === undefined) return { ...NOBODY, isOwner: row.ownerId === userId };
    const held = await this.database
      .select({ permissions: roles.permissions })
      .from(roles)
      .where(and(eq(roles.guildId, guildId), isNull(roles.deletedAt), inArray(roles.id, [guildId, ...roleIds])));
    return { isOwner: row.ownerId === userId, roleBits: held.map(({ permissions }) => permissions) };
  }
}
