import {
  ApplicationCommandPermissionType as PermissionType,
  PermissionFlagsBits as Permission,
} from 'discord-api-types/v10';
import type { ChannelRecord, CommandRecord, Guild } from '../state/model.js';
import { ALL_PERMISSIONS, channelPermissions } from '../state/permissions.js';
import type { CommandPermissionsRecord } from '../state/webhook-records.js';
import type { World } from '../state/world.js';

type Overwrites = CommandPermissionsRecord['permissions'];

/**
 * Whether the guild lets a person use a command in a channel: what was set for the command goes before what was set for the whole
 * application, and that before the permissions the command itself asks for. Administrators are above all of it.
 * @see https://docs.discord.com/developers/interactions/application-commands#permissions
 */
export function mayUseCommand(
  world: World,
  channel: ChannelRecord,
  { command, userId }: { command: CommandRecord; userId: string },
): boolean {
  const guild = channel.guildId ? world.guilds.get(channel.guildId) : undefined;
  if (!guild) return true;
  const held = channelPermissions(world, channel, userId);
  if (held === ALL_PERMISSIONS) return true;
  if (!(held & Permission.UseApplicationCommands)) return false;
  const own = overwritesOf(guild, command.id);
  const general = overwritesOf(guild, command.applicationId);
  const inChannel = channelRule(guild, channel, own) ?? channelRule(guild, channel, general) ?? true;
  if (!inChannel) return false;
  const explicit = personRule(guild, userId, own);
  if (explicit !== undefined) return explicit;
  return personRule(guild, userId, general) !== false && holdsDefaults(command, held);
}

function overwritesOf(guild: Guild, id: string): Overwrites {
  return guild.commandPermissions.find((it) => it.id === id)?.permissions ?? [];
}

/** What was set for this channel, or else for all of them, which have the id before that of the guild. */
function channelRule(guild: Guild, channel: ChannelRecord, overwrites: Overwrites): boolean | undefined {
  const all = (BigInt(guild.id) - 1n).toString();
  const find = (id: string | null) =>
    overwrites.find((it) => it.type === PermissionType.Channel && it.id === id)?.permission;
  return find(channel.id) ?? (channel.thread ? find(channel.parentId) : undefined) ?? find(all);
}

/** The person goes before their roles, of which one is enough, and these before everyone. */
function personRule(guild: Guild, userId: string, overwrites: Overwrites): boolean | undefined {
  const user = overwrites.find((it) => it.type === PermissionType.User && it.id === userId);
  if (user) return user.permission;
  const roleIds = guild.members.get(userId)?.roleIds ?? [];
  const roles = overwrites.filter((it) => it.type === PermissionType.Role && roleIds.includes(it.id));
  if (roles.length > 0) return roles.some(({ permission }) => permission);
  return overwrites.find((it) => it.type === PermissionType.Role && it.id === guild.id)?.permission;
}

/** `0` is for administrators alone. */
function holdsDefaults({ definition }: CommandRecord, held: bigint): boolean {
  const { default_member_permissions: needed } = definition;
  if (typeof needed !== 'string') return true;
  return needed !== '0' && (held & BigInt(needed)) === BigInt(needed);
}
