import * as channels from '../actions/channels.js';
import * as guilds from '../actions/guilds.js';
import * as members from '../actions/members.js';
import * as roles from '../actions/roles.js';
import type { ChannelRecord, Guild, MemberRecord, PresenceRecord, RoleRecord, UserRecord } from '../state/model.js';
import { ControlLookups, found } from './lookups.js';
import { createLargeGuild, type LargeGuildDraft } from './large-guild.js';

/** Makes guilds and people, and changes them as their owners and moderators would. */
export class GuildControl extends ControlLookups {
  /** A guild with its owner as a member, and the first application's bot too unless `withBot` is false. */
  createGuild(
    draft: guilds.GuildDraft & { withBot?: boolean | undefined; botPermissions?: bigint | undefined },
  ): Guild {
    const { withBot = true, botPermissions = 0n, ...rest } = draft;
    this.user(draft.ownerId);
    const guild = guilds.createGuild(this.world, rest);
    members.addMember(this.world, guild, draft.ownerId);
    if (withBot) this.addBot(guild.id, botPermissions);
    return guild;
  }

  /** A guild of thousands, made in steps that leave the event loop alive; the bot comes last and so is told of it once. */
  async createLargeGuild(draft: LargeGuildDraft & { botPermissions?: bigint | undefined }): Promise<Guild> {
    this.user(draft.ownerId);
    const guild = await createLargeGuild(this.world, draft);
    this.addBot(guild.id, draft.botPermissions ?? 0n);
    return guild;
  }

  /** The first application's bot is invited, with a role of its own. */
  addBot(guildId: string, permissions: bigint): MemberRecord | undefined {
    const guild = this.guild(guildId);
    const [botId] = this.world.applications.keys();
    if (botId === undefined) return undefined;
    const role = roles.createRole(this.world, guild, { name: 'Bot', permissions, botId });
    return members.addMember(this.world, guild, botId, { roleIds: [role.id] });
  }

  updateGuild(guildId: string, changes: guilds.GuildChanges): void {
    guilds.updateGuild(this.world, this.guild(guildId), changes);
  }

  transferOwnership(guildId: string, userId: string): void {
    const guild = this.guild(guildId);
    guilds.updateGuild(this.world, guild, { ownerId: this.member(guild, userId).userId });
  }

  createUser(draft: members.UserDraft): UserRecord {
    return members.createUser(this.world, draft);
  }

  addMember(guildId: string, userId: string, draft: members.MemberDraft = {}): MemberRecord {
    this.user(userId);
    return members.addMember(this.world, this.guild(guildId), userId, draft);
  }

  removeMember(guildId: string, userId: string): void {
    members.removeMember(this.world, this.guild(guildId), userId);
  }

  kick(guildId: string, userId: string, options: { byUserId?: string | undefined; reason?: string | undefined } = {}) {
    const guild = this.guild(guildId);
    const by = this.actor(guild, options.byUserId, options.reason);
    members.removeMember(this.world, guild, this.member(guild, userId).userId, by);
  }

  setMemberRoles(guildId: string, userId: string, roleIds: string[], byUserId?: string): MemberRecord {
    return this.updateMember(guildId, userId, { changes: { roleIds }, byUserId });
  }

  giveRole(guildId: string, userId: string, roleId: string, byUserId?: string): MemberRecord {
    const { roleIds } = this.member(this.guild(guildId), userId);
    found(this.guild(guildId).roles.get(roleId), 'role');
    return this.setMemberRoles(guildId, userId, [...roleIds, roleId], byUserId);
  }

  takeRole(guildId: string, userId: string, roleId: string, byUserId?: string): MemberRecord {
    const { roleIds } = this.member(this.guild(guildId), userId);
    return this.setMemberRoles(
      guildId,
      userId,
      roleIds.filter((id) => id !== roleId),
      byUserId,
    );
  }

  setNickname(guildId: string, userId: string, nick: string | null): MemberRecord {
    return this.updateMember(guildId, userId, { changes: { nick } });
  }

  /** `null` ends a timeout. */
  timeOut(guildId: string, userId: string, until: Date | null): MemberRecord {
    return this.updateMember(guildId, userId, { changes: { timeoutUntil: until?.toISOString() ?? null } });
  }

  private updateMember(
    guildId: string,
    userId: string,
    { changes, byUserId }: { changes: members.MemberChanges; byUserId?: string | undefined },
  ): MemberRecord {
    const guild = this.guild(guildId);
    const member = this.member(guild, userId);
    members.updateMember(this.world, guild, member, { changes, by: this.actor(guild, byUserId) });
    return member;
  }

  ban(guildId: string, userId: string, reason?: string, byUserId?: string): void {
    const guild = this.guild(guildId);
    members.banUser(this.world, guild, this.user(userId).id, this.actor(guild, byUserId, reason));
  }

  unban(guildId: string, userId: string, byUserId?: string): void {
    const guild = this.guild(guildId);
    members.unbanUser(this.world, guild, userId, this.actor(guild, byUserId));
  }

  setPresence(
    userId: string,
    presence: { status: PresenceRecord['status']; activities?: Record<string, unknown>[] },
  ): void {
    members.setPresence(this.world, this.user(userId).id, { activities: [], ...presence });
  }

  createRole(guildId: string, draft: roles.RoleDraft): RoleRecord {
    const guild = this.guild(guildId);
    return roles.createRole(this.world, guild, draft, this.actor(guild, undefined));
  }

  updateRole(guildId: string, roleId: string, changes: roles.RoleChanges): RoleRecord {
    const guild = this.guild(guildId);
    const role = found(guild.roles.get(roleId), 'role');
    roles.updateRole(this.world, guild, role, { changes, by: this.actor(guild, undefined) });
    return role;
  }

  deleteRole(guildId: string, roleId: string): void {
    const guild = this.guild(guildId);
    roles.deleteRole(this.world, guild, roleId, this.actor(guild, undefined));
  }

  createChannel(guildId: string, draft: channels.ChannelDraft): ChannelRecord {
    const guild = this.guild(guildId);
    return channels.createChannel(this.world, guild, draft, this.actor(guild, undefined));
  }

  updateChannel(channelId: string, changes: channels.ChannelChanges): ChannelRecord {
    const { guild, channel } = this.guildChannel(channelId);
    channels.updateChannel(this.world, channel, changes, this.actor(guild, undefined));
    return channel;
  }

  deleteChannel(channelId: string): void {
    const { guild, channel } = this.guildChannel(channelId);
    channels.deleteChannel(this.world, channel, this.actor(guild, undefined));
  }

  /** Opens the direct channel of two users. */
  directChannel(userId: string, otherId: string): ChannelRecord {
    return channels.directChannel(this.world, this.user(userId).id, this.user(otherId).id);
  }
}
