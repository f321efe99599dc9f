import type { Role } from '@guildhall/contracts';
import type { APIRole, GatewayGuildRoleCreateDispatchData, GatewayGuildRoleDeleteDispatchData } from 'discord.js';
import { snowflake } from './snowflakes.js';
import type { Translation } from './translation.js';

/** @see https://discord.com/developers/docs/topics/permissions#role-object */
export function translateRole(role: APIRole): Role {
  return {
    id: snowflake(role.id),
    name: role.name,
    color: role.color,
    position: role.position,
    permissions: role.permissions,
    isManaged: role.managed,
    isHoisted: role.hoist,
    isMentionable: role.mentionable,
  };
}

export function roleCreate({ guild_id, role }: GatewayGuildRoleCreateDispatchData): Translation {
  return { type: 'role_create', guildId: guild_id, data: translateRole(role) };
}

export function roleUpdate({ guild_id, role }: GatewayGuildRoleCreateDispatchData): Translation {
  return { type: 'role_update', guildId: guild_id, data: translateRole(role) };
}

export function roleDelete({ guild_id, role_id }: GatewayGuildRoleDeleteDispatchData): Translation {
  return { type: 'role_delete', guildId: guild_id, data: { id: snowflake(role_id) } };
}
