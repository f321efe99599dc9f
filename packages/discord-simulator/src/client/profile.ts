import { PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import { banUser, removeMember, updateMember } from '../actions/members.js';
import { ImpossibleAction } from '../interactions/person.js';
import type { Guild, UserRecord } from '../state/model.js';
import { guildPermissions, outranks } from '../state/permissions.js';
import { timestampOf } from '../state/snowflake.js';
import type { World } from '../state/world.js';
import { notAllowed } from './place.js';
import { renderAccount, renderSomebody, rolesFromTop } from './people.js';

/** What one member may do to another, by the rules that hold for bots too. */
interface Rights {
  message: boolean;
  nickname: boolean;
  kick: boolean;
  ban: boolean;
  timeout: boolean;
}

/** Somebody's card. */
export function renderProfile(
  world: World,
  { guild, viewerId, user }: { guild: Guild | undefined; viewerId: string; user: UserRecord },
): object {
  const member = guild?.members.get(user.id);
  const roles = guild && member ? rolesFromTop(guild, member).filter((role) => role.id !== guild.id) : [];
  return {
    ...renderSomebody(world, guild, user.id),
    globalName: renderAccount(world, user).name,
    nick: member?.nick ?? null,
    isOwner: guild?.ownerId === user.id,
    roles: roles.map(({ id, name, color }) => ({ id, name, color })),
    createdAt: new Date(timestampOf(user.id)).toISOString(),
    joinedAt: member?.joinedAt ?? null,
    timeoutUntil: member?.timeoutUntil ?? null,
    may: rightsOver(guild, viewerId, user.id),
  };
}

function rightsOver(guild: Guild | undefined, actorId: string, targetId: string): Rights {
  const isSelf = actorId === targetId;
  const held = guild ? guildPermissions(guild, actorId) : 0n;
  const isMember = guild?.members.has(targetId) ?? false;
  const above = guild !== undefined && !isSelf && isMember && outranks(guild, actorId, targetId);
  const may = (permission: bigint) => (held & permission) !== 0n;
  // Administrators cannot be timed out, whoever asks.
  const isAdministrator = guild ? (guildPermissions(guild, targetId) & Permission.Administrator) !== 0n : false;
  return {
    message: !isSelf,
    nickname: isMember && (isSelf ? may(Permission.ChangeNickname) : above && may(Permission.ManageNicknames)),
    kick: above && may(Permission.KickMembers),
    ban: above && may(Permission.BanMembers),
    timeout: above && may(Permission.ModerateMembers) && !isAdministrator,
  };
}

interface Moderation {
  action: 'nickname' | 'kick' | 'ban' | 'timeout';
  userId: string;
  nick?: string | null | undefined;
  /** How long a timeout lasts; 0 ends it. */
  minutes?: number | undefined;
  reason?: string | undefined;
}

/** A person moderates another. @throws DiscordError 50013 when they may not */
export function moderate(world: World, guild: Guild, actorId: string, deed: Moderation): void {
  const member = guild.members.get(deed.userId);
  if (!member) throw new ImpossibleAction('No such member');
  if (!rightsOver(guild, actorId, deed.userId)[deed.action]) throw notAllowed();
  const by = { userId: actorId, reason: deed.reason };
  if (deed.action === 'kick') removeMember(world, guild, deed.userId, by);
  else if (deed.action === 'ban') banUser(world, guild, deed.userId, by);
  else if (deed.action === 'nickname') updateMember(world, guild, member, { changes: { nick: deed.nick || null }, by });
  else {
    const { minutes = 0 } = deed;
    const timeoutUntil = minutes > 0 ? new Date(world.clock.now() + minutes * 60_000).toISOString() : null;
    updateMember(world, guild, member, { changes: { timeoutUntil }, by });
  }
}
