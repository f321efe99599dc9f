import { AuditLogEvent } from 'discord-api-types/v10';
import { intents } from '../state/dispatch.js';
import type { Guild, RoleRecord } from '../state/model.js';
import type { World } from '../state/world.js';
import { renderRole } from '../views/guilds.js';
import { type Actor, differences, writeAuditLog } from './audit-log.js';
import { withThreadSync } from './thread-sync.js';

export interface RoleDraft {
  id?: string | undefined;
  name: string;
  permissions?: bigint | undefined;
  color?: number | undefined;
  isHoisted?: boolean | undefined;
  isMentionable?: boolean | undefined;
  position?: number | undefined;
  botId?: string | undefined;
  icon?: string | null | undefined;
  unicodeEmoji?: string | null | undefined;
}

/** The record of a role that does not exist yet. */
export function roleFrom(world: World, draft: RoleDraft): RoleRecord {
  return {
    id: draft.id ?? world.snowflakes.next(),
    name: draft.name,
    color: draft.color ?? 0,
    isHoisted: draft.isHoisted ?? false,
    isMentionable: draft.isMentionable ?? false,
    position: draft.position ?? 1,
    permissions: (draft.permissions ?? 0n).toString(),
    botId: draft.botId ?? null,
    ...(draft.icon ? { icon: draft.icon } : {}),
    ...(draft.unicodeEmoji ? { unicodeEmoji: draft.unicodeEmoji } : {}),
  };
}

/** A new role above all existing ones, unless the draft says where. */
export function createRole(world: World, guild: Guild, draft: RoleDraft, by?: Actor): RoleRecord {
  const role = roleFrom(world, { position: guild.roles.size, ...draft });
  guild.roles.set(role.id, role);
  publishRole(world, 'GUILD_ROLE_CREATE', guild, role);
  if (by) {
    const changes = differences({}, loggedRole(role));
    writeAuditLog(world, guild, { actionType: AuditLogEvent.RoleCreate, targetId: role.id, changes, by });
  }
  return role;
}

export type RoleChanges = Partial<
  Pick<
    RoleRecord,
    'name' | 'color' | 'permissions' | 'position' | 'isHoisted' | 'isMentionable' | 'icon' | 'unicodeEmoji'
  >
>;

export function updateRole(
  world: World,
  guild: Guild,
  role: RoleRecord,
  { changes, by }: { changes: RoleChanges; by?: Actor },
): void {
  const before = loggedRole(role);
  withThreadSync(world, guild, () => Object.assign(role, changes));
  publishRole(world, 'GUILD_ROLE_UPDATE', guild, role);
  if (!by) return;
  const entry = { targetId: role.id, changes: differences(before, loggedRole(role)), by };
  writeAuditLog(world, guild, { actionType: AuditLogEvent.RoleUpdate, ...entry });
}

/** The audit log calls the icon by another name. */
function loggedRole(role: RoleRecord): object {
  return { ...renderRole(role), icon: undefined, icon_hash: role.icon ?? null };
}

function publishRole(
  world: World,
  name: 'GUILD_ROLE_CREATE' | 'GUILD_ROLE_UPDATE',
  guild: Guild,
  role: RoleRecord,
): void {
  world.touch();
  const data = { guild_id: guild.id, role: renderRole(role) };
  world.publish({ name, data, guildId: guild.id, intents: intents.guilds });
}

export function deleteRole(world: World, guild: Guild, roleId: string, by?: Actor): void {
  const role = guild.roles.get(roleId);
  guild.roles.delete(roleId);
  for (const member of guild.members.values()) {
    if (member.roleIds.includes(roleId)) member.roleIds = member.roleIds.filter((id) => id !== roleId);
  }
  for (const channel of guild.channels.values())
    channel.overwrites = channel.overwrites.filter((overwrite) => overwrite.id !== roleId);
  for (const emoji of guild.emojis) emoji.roleIds = emoji.roleIds.filter((id) => id !== roleId);
  world.touch();
  const data = { guild_id: guild.id, role_id: roleId };
  world.publish({ name: 'GUILD_ROLE_DELETE', data, guildId: guild.id, intents: intents.guilds });
  if (!by || !role) return;
  const changes = differences(loggedRole(role), {});
  writeAuditLog(world, guild, { actionType: AuditLogEvent.RoleDelete, targetId: roleId, changes, by });
}
