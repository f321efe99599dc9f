import { GuildMemberFlags } from 'discord-api-types/v10';
import type { Guild, MemberRecord, UserRecord } from '../state/model.js';
import { guildPermissions } from '../state/permissions.js';
import type { World } from '../state/world.js';
import { featuresOf } from './guild-settings.js';

/** A user as everybody sees them. @see https://docs.discord.com/developers/resources/user#user-object */
export function renderUser(user: UserRecord): { id: string; [field: string]: unknown } {
  return {
    id: user.id,
    username: user.username,
    discriminator: '0',
    global_name: user.globalName,
    avatar: user.avatar,
    avatar_decoration_data: null,
    banner: user.banner ?? null,
    accent_color: null,
    bot: user.isBot,
    public_flags: 0,
    flags: 0,
    primary_guild: null,
  };
}

/** A user as they see themselves; the e-mail address needs the `email` scope. */
export function renderSelf(user: UserRecord, showsEmail: boolean): { id: string; [field: string]: unknown } {
  return {
    ...renderUser(user),
    locale: user.locale,
    mfa_enabled: false,
    ...(showsEmail ? { email: user.email, verified: user.email !== null } : {}),
  };
}

/** A user the simulator no longer knows, as Discord shows deleted accounts. */
export function deletedUser(id: string): UserRecord {
  return {
    id,
    username: `deleted_user_${id.slice(-4)}`,
    globalName: null,
    avatar: null,
    isBot: false,
    locale: 'en-US',
    email: null,
  };
}

export function userOf(world: World, id: string): UserRecord {
  return world.users.get(id) ?? deletedUser(id);
}

/** A member without the user inside, as messages carry it. @see https://docs.discord.com/developers/resources/guild#guild-member-object */
export function renderPartialMember(member: MemberRecord): object {
  return {
    nick: member.nick,
    roles: member.roleIds,
    joined_at: member.joinedAt,
    communication_disabled_until: member.timeoutUntil,
    avatar: member.profile?.avatar ?? null,
    banner: member.profile?.banner ?? null,
    premium_since: null,
    pending: false,
    deaf: false,
    mute: false,
    flags: member.isQuarantined ? GuildMemberFlags.AutomodQuarantinedUsernameOrGuildNickname : 0,
  };
}

export function renderMember(world: World, member: MemberRecord): object {
  return { ...renderPartialMember(member), user: renderUser(userOf(world, member.userId)) };
}

/** A guild in the answer to `GET /users/@me/guilds`. @see https://docs.discord.com/developers/resources/user#get-current-user-guilds */
export function renderMyGuild(guild: Guild, userId: string, withCounts: boolean): object {
  return {
    id: guild.id,
    name: guild.name,
    icon: guild.icon,
    banner: null,
    owner: guild.ownerId === userId,
    permissions: guildPermissions(guild, userId).toString(),
    features: featuresOf(guild),
    ...(withCounts ? { approximate_member_count: guild.members.size, approximate_presence_count: 0 } : {}),
  };
}
