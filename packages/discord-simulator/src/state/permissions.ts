import { ChannelType, PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import type { ChannelRecord, Guild, MemberRecord, RoleRecord } from './model.js';
import type { World } from './world.js';

/** Every permission bit Discord documents. */
export const ALL_PERMISSIONS = Object.values(Permission).reduce((all, bit) => all | bit, 0n);

/** What a person keeps while timed out. @see https://docs.discord.com/developers/topics/permissions#permissions-for-timed-out-members */
const TIMED_OUT_PERMISSIONS = Permission.ViewChannel | Permission.ReadMessageHistory;

/** Permissions of a member in the whole guild. @see https://docs.discord.com/developers/topics/permissions */
export function guildPermissions(guild: Guild, userId: string): bigint {
  const member = guild.members.get(userId);
  if (!member) return 0n;
  if (guild.ownerId === userId) return ALL_PERMISSIONS;
  const permissions = rolesOf(guild, member).reduce((sum, role) => sum | BigInt(role.permissions), 0n);
  if (permissions & Permission.Administrator) return ALL_PERMISSIONS;
  return isSilenced(guild, member) ? permissions & TIMED_OUT_PERMISSIONS : permissions;
}

/**
 * Permissions of a member in one channel: guild permissions, then the overwrites of everyone, roles and member, in that order. In a
 * thread, where the parent's overwrites count, `SendMessages` stands for what allows to speak there.
 */
export function channelPermissions(world: World, channel: ChannelRecord, userId: string): bigint {
  if (!channel.guildId) return channel.recipientIds.includes(userId) ? ALL_PERMISSIONS : 0n;
  const guild = world.guilds.get(channel.guildId);
  const member = guild?.members.get(userId);
  if (!guild || !member) return 0n;
  let permissions = guildPermissions(guild, userId);
  if (permissions === ALL_PERMISSIONS) return permissions;
  const overwritten =
    (channel.thread && channel.parentId ? guild.channels.get(channel.parentId) : undefined) ?? channel;
  if (overwritten.overwrites.length > 0) permissions = applyOverwrites(permissions, overwritten, guild, member);
  if (!(permissions & Permission.ViewChannel) || isClosedTo(channel, userId, permissions)) return 0n;
  if (channel.thread) permissions = inThread(permissions);
  return isSilenced(guild, member) ? permissions & TIMED_OUT_PERMISSIONS : permissions;
}

/** Private threads show themselves to their members and to those who manage threads. */
function isClosedTo({ type, thread }: ChannelRecord, userId: string, permissions: bigint): boolean {
  if (!thread || type !== ChannelType.PrivateThread || permissions & Permission.ManageThreads) return false;
  return !thread.members.some((member) => member.userId === userId);
}

function inThread(permissions: bigint): bigint {
  const speaks = permissions & Permission.SendMessagesInThreads ? Permission.SendMessages : 0n;
  return (permissions & ~Permission.SendMessages) | speaks;
}

function applyOverwrites(permissions: bigint, channel: ChannelRecord, guild: Guild, member: MemberRecord): bigint {
  const everyone = channel.overwrites.find((overwrite) => overwrite.id === guild.id);
  if (everyone) permissions = (permissions & ~BigInt(everyone.deny)) | BigInt(everyone.allow);
  let allow = 0n;
  let deny = 0n;
  for (const overwrite of channel.overwrites) {
    if (overwrite.type !== 0 || !member.roleIds.includes(overwrite.id)) continue;
    allow |= BigInt(overwrite.allow);
    deny |= BigInt(overwrite.deny);
  }
  permissions = (permissions & ~deny) | allow;
  const own = channel.overwrites.find((overwrite) => overwrite.type === 1 && overwrite.id === member.userId);
  return own ? (permissions & ~BigInt(own.deny)) | BigInt(own.allow) : permissions;
}

export function canView(world: World, channel: ChannelRecord, userId: string): boolean {
  return (channelPermissions(world, channel, userId) & Permission.ViewChannel) !== 0n;
}

/** By a moderator for a time, or by AutoMod until their name is another. */
function isSilenced(guild: Guild, member: MemberRecord): boolean {
  return isTimedOut(guild, member) || member.isQuarantined === true;
}

export function isTimedOut({ clock }: Guild, member: MemberRecord): boolean {
  return member.timeoutUntil !== null && Date.parse(member.timeoutUntil) > clock.now();
}

/** The member's roles with `@everyone`, which every member holds unnamed. */
export function rolesOf(guild: Guild, member: MemberRecord): RoleRecord[] {
  return [guild.id, ...member.roleIds].flatMap((id) => guild.roles.get(id) ?? []);
}

/** Rank in the role hierarchy; the owner stands above all roles. */
export function highestPosition(guild: Guild, userId: string): number {
  if (guild.ownerId === userId) return Number.POSITIVE_INFINITY;
  const member = guild.members.get(userId);
  return member ? Math.max(...rolesOf(guild, member).map((role) => role.position)) : -1;
}

/** Whether `actorId` may kick, ban, rename or time out `targetId`: only people below one's own highest role, never the owner. */
export function outranks(guild: Guild, actorId: string, targetId: string): boolean {
  return highestPosition(guild, actorId) > highestPosition(guild, targetId);
}
