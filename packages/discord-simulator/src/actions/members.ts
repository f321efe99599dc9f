import { AuditLogEvent, GuildSystemChannelFlags, MessageType } from 'discord-api-types/v10';
import { intents } from '../state/dispatch.js';
import type { Guild, MemberRecord, PresenceRecord, UserRecord } from '../state/model.js';
import { isTimedOut } from '../state/permissions.js';
import type { World } from '../state/world.js';
import { renderPresence } from '../views/guild-create.js';
import { renderMember, renderUser, userOf } from '../views/users.js';
import { announceGuildTo } from './guilds.js';
import { createMessage } from './messages.js';
import { watchProfile } from './profile-watch.js';
import { withThreadSync } from './thread-sync.js';
import { leaveVoice } from './voice.js';
import { type Actor, writeAuditLog } from './audit-log.js';

export interface UserDraft {
  id?: string | undefined;
  username: string;
  globalName?: string | null | undefined;
  avatar?: string | null | undefined;
  isBot?: boolean | undefined;
  locale?: string | undefined;
  email?: string | null | undefined;
}

export function createUser(world: World, draft: UserDraft): UserRecord {
  const user: UserRecord = {
    id: draft.id ?? world.snowflakes.next(),
    username: draft.username,
    globalName: draft.globalName ?? null,
    avatar: draft.avatar ?? null,
    isBot: draft.isBot ?? false,
    locale: draft.locale ?? 'en-US',
    email: draft.email ?? (draft.isBot ? null : `${draft.username}@example.com`),
  };
  world.users.set(user.id, user);
  world.touch();
  return user;
}

export interface MemberDraft {
  roleIds?: string[] | undefined;
  nick?: string | null | undefined;
  joinedAt?: string | undefined;
}

/** A person joins; joining twice changes nothing. */
export function addMember(world: World, guild: Guild, userId: string, draft: MemberDraft = {}): MemberRecord {
  const existing = guild.members.get(userId);
  if (existing) return existing;
  const member: MemberRecord = {
    userId,
    nick: draft.nick ?? null,
    roleIds: draft.roleIds ?? [],
    joinedAt: draft.joinedAt ?? world.clock.iso(),
    timeoutUntil: null,
  };
  guild.members.set(userId, member);
  world.touch();
  if (world.applications.has(userId)) announceGuildTo(world, guild, userId);
  const data = { ...renderMember(world, member), guild_id: guild.id };
  world.publish({ name: 'GUILD_MEMBER_ADD', data, guildId: guild.id, intents: intents.members });
  if (watchProfile(world, guild, member)) publishMember(world, guild, member);
  // Who is said to have joined in the past was greeted then.
  if (draft.joinedAt === undefined) greet(world, guild, userId);
  return member;
}

/** The system's message about somebody new, where the guild wants it. */
function greet(world: World, { settings }: Guild, userId: string): void {
  const channel = settings.systemChannelId === null ? undefined : world.channel(settings.systemChannelId);
  if (!channel || settings.systemChannelFlags & GuildSystemChannelFlags.SuppressJoinNotifications) return;
  createMessage(world, channel, { authorId: userId, type: MessageType.UserJoin });
}

export interface MemberChanges {
  nick?: string | null | undefined;
  roleIds?: string[] | undefined;
  timeoutUntil?: string | null | undefined;
  profile?: MemberRecord['profile'];
}

export function updateMember(
  world: World,
  guild: Guild,
  member: MemberRecord,
  change: { changes: MemberChanges; by?: Actor },
): void {
  const { changes, by } = change;
  const before = { ...member };
  const { nick = member.nick, roleIds = member.roleIds, timeoutUntil = member.timeoutUntil } = changes;
  withThreadSync(world, guild, () => Object.assign(member, { nick, roleIds: [...new Set(roleIds)], timeoutUntil }));
  if (changes.profile) member.profile = changes.profile;
  if (timeoutUntil !== before.timeoutUntil && isTimedOut(guild, member)) leaveVoice(world, guild, member.userId);
  if (JSON.stringify(before) === JSON.stringify(member)) return;
  world.touch();
  publishMember(world, guild, member);
  if (by) auditMemberUpdate(world, guild, { before, after: member, by });
  if (nick !== before.nick && watchProfile(world, guild, member)) publishMember(world, guild, member);
}

function publishMember(world: World, guild: Guild, member: MemberRecord): void {
  const data = { ...renderMember(world, member), guild_id: guild.id };
  world.publish({ name: 'GUILD_MEMBER_UPDATE', data, guildId: guild.id, intents: intents.members });
}

interface MemberDifference {
  before: MemberRecord;
  after: MemberRecord;
  by: Actor;
}

function auditMemberUpdate(world: World, guild: Guild, { before, after, by }: MemberDifference): void {
  const targetId = after.userId;
  const name = (id: string) => ({ id, name: guild.roles.get(id)?.name ?? id });
  const added = after.roleIds.filter((id) => !before.roleIds.includes(id)).map(name);
  const removed = before.roleIds.filter((id) => !after.roleIds.includes(id)).map(name);
  if (added.length + removed.length > 0) {
    const changes = [
      ...(added.length > 0 ? [{ key: '$add', new_value: added }] : []),
      ...(removed.length > 0 ? [{ key: '$remove', new_value: removed }] : []),
    ];
    writeAuditLog(world, guild, { actionType: AuditLogEvent.MemberRoleUpdate, targetId, changes, by });
  }
  const changes = [
    ...(before.nick === after.nick ? [] : [{ key: 'nick', old_value: before.nick, new_value: after.nick }]),
    ...(before.timeoutUntil === after.timeoutUntil
      ? []
      : [{ key: 'communication_disabled_until', old_value: before.timeoutUntil, new_value: after.timeoutUntil }]),
  ];
  if (changes.length > 0)
    writeAuditLog(world, guild, { actionType: AuditLogEvent.MemberUpdate, targetId, changes, by });
}

/** A member leaves, or is kicked when `kickedBy` is given. */
export function removeMember(world: World, guild: Guild, userId: string, kickedBy?: Actor): void {
  if (!guild.members.has(userId)) return;
  leaveVoice(world, guild, userId);
  guild.members.delete(userId);
  for (const thread of guild.threads.values()) {
    if (!thread.thread) continue;
    thread.thread.members = thread.thread.members.filter((member) => member.userId !== userId);
  }
  world.touch();
  const data = { guild_id: guild.id, user: renderUser(userOf(world, userId)) };
  world.publish({ name: 'GUILD_MEMBER_REMOVE', data, guildId: guild.id, intents: intents.members });
  if (world.applications.has(userId)) {
    world.publish({
      name: 'GUILD_DELETE',
      data: { id: guild.id },
      guildId: guild.id,
      intents: intents.none,
      userIds: [userId],
    });
  }
  if (kickedBy) writeAuditLog(world, guild, { actionType: AuditLogEvent.MemberKick, targetId: userId, by: kickedBy });
}

export function banUser(world: World, guild: Guild, userId: string, by: Actor): void {
  guild.bans.set(userId, { userId, reason: by.reason ?? null });
  world.touch();
  publishBan(world, 'GUILD_BAN_ADD', guild, userId);
  removeMember(world, guild, userId);
  writeAuditLog(world, guild, { actionType: AuditLogEvent.MemberBanAdd, targetId: userId, by });
}

export function unbanUser(world: World, guild: Guild, userId: string, by: Actor): void {
  guild.bans.delete(userId);
  world.touch();
  publishBan(world, 'GUILD_BAN_REMOVE', guild, userId);
  writeAuditLog(world, guild, { actionType: AuditLogEvent.MemberBanRemove, targetId: userId, by });
}

function publishBan(world: World, name: 'GUILD_BAN_ADD' | 'GUILD_BAN_REMOVE', guild: Guild, userId: string): void {
  const data = { guild_id: guild.id, user: renderUser(userOf(world, userId)) };
  world.publish({ name, data, guildId: guild.id, intents: intents.moderation });
}

export function setPresence(world: World, userId: string, presence: PresenceRecord): void {
  world.presences.set(userId, presence);
  for (const guild of world.guildsOf(userId)) {
    const data = renderPresence(world, userId, guild.id);
    world.publish({ name: 'PRESENCE_UPDATE', data, guildId: guild.id, intents: intents.presences });
  }
}
