import { ChannelType, PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import type { ChannelRecord, Guild, MemberRecord, MessageRecord } from '../state/model.js';
import { canView, channelPermissions, guildPermissions, rolesOf } from '../state/permissions.js';
import type { World } from '../state/world.js';
import { renderMessage } from '../views/messages.js';
import { userOf } from '../views/users.js';

/** Everybody one can be. */
export function renderPeople(world: World): object[] {
  return [...world.users.values()]
    .filter((user) => !user.isBot)
    .map((user) => ({
      id: user.id,
      name: user.globalName ?? user.username,
      username: user.username,
      locale: user.locale,
      avatarUrl: avatarUrl(world, user.id),
      guilds: world.guildsOf(user.id).map((guild) => ({ name: guild.name, rank: rankIn(guild, user.id) })),
    }));
}

function rankIn(guild: Guild, userId: string): 'owner' | 'administrator' | 'member' {
  if (guild.ownerId === userId) return 'owner';
  return guildPermissions(guild, userId) & Permission.Administrator ? 'administrator' : 'member';
}

/** What a person sees: their guilds, the channels they may view, and who is there. */
export function renderWorldFor(world: World, userId: string): object {
  const user = userOf(world, userId);
  return {
    me: {
      id: user.id,
      name: user.globalName ?? user.username,
      username: user.username,
      locale: user.locale,
      avatarUrl: avatarUrl(world, user.id),
    },
    guilds: world.guildsOf(userId).map((guild) => ({
      id: guild.id,
      ownerId: guild.ownerId,
      name: guild.name,
      iconUrl: `/icons/${guild.id}/${guild.icon ?? 'none'}.png`,
      channels: channelsFor(world, guild, userId),
      roles: [...guild.roles.values()].map(({ id, name, color, position, isHoisted }) => ({
        id,
        name,
        color,
        position,
        isHoisted,
      })),
      members: [...guild.members.values()].map((member) => renderClientMember(world, guild, member)),
    })),
    directChannels: directChannelsOf(world, userId),
  };
}

function directChannelsOf(world: World, userId: string): object[] {
  return [...world.directChannels.values()]
    .filter((channel) => channel.recipientIds.includes(userId))
    .map((channel) => {
      const other = userOf(world, channel.recipientIds.find((id) => id !== userId) ?? userId);
      const name = other.globalName ?? other.username;
      return {
        id: channel.id,
        name,
        kind: 'direct',
        canWrite: true,
        lastMessageId: channel.lastMessageId,
        avatarUrl: avatarUrl(world, other.id),
      };
    });
}

function channelsFor(world: World, guild: Guild, userId: string): object[] {
  return [...guild.channels.values()]
    .filter((channel) => canView(world, channel, userId))
    .sort((left, right) => left.position - right.position)
    .map((channel) => ({
      id: channel.id,
      name: channel.name,
      topic: channel.topic,
      parentId: channel.parentId,
      kind: kindOf(guild, channel),
      lastMessageId: channel.lastMessageId,
      canWrite: (channelPermissions(world, channel, userId) & Permission.SendMessages) !== 0n,
    }));
}

function kindOf(guild: Guild, channel: ChannelRecord): 'category' | 'voice' | 'private' | 'text' {
  if (channel.type === ChannelType.GuildCategory) return 'category';
  if (channel.type === ChannelType.GuildVoice) return 'voice';
  const everyone = channel.overwrites.find((overwrite) => overwrite.id === guild.id);
  return BigInt(everyone?.deny ?? 0) & Permission.ViewChannel ? 'private' : 'text';
}

/** A member with the name, colour and group the list shows. */
function renderClientMember(world: World, guild: Guild, member: MemberRecord): object {
  const user = userOf(world, member.userId);
  const roles = rolesOf(guild, member).sort((left, right) => right.position - left.position);
  return {
    id: user.id,
    name: member.nick ?? user.globalName ?? user.username,
    isBot: user.isBot,
    avatarUrl: avatarUrl(world, user.id),
    color: roles.find((role) => role.color !== 0)?.color ?? 0,
    groupId: roles.find((role) => role.isHoisted)?.id ?? null,
    ...presenceOf(world, user.id),
  };
}

function presenceOf(world: World, userId: string): object {
  const { status, activities } = world.presence(userId);
  const [activity] = activities;
  return { status, activity: activity ? { type: activity['type'], name: activity['name'] } : null };
}

export function renderConversation(world: World, messages: readonly MessageRecord[], userId: string): object[] {
  return messages.map((message) => renderMessage(world, message, { viewerId: userId })).reverse();
}

/** Who chose no avatar has one of six by their id. @see https://docs.discord.com/developers/reference#image-formatting-cdn-endpoints */
function avatarUrl(world: World, userId: string): string {
  const { avatar } = userOf(world, userId);
  return avatar ? `/avatars/${userId}/${avatar}.png` : `/embed/avatars/${(BigInt(userId) >> 22n) % 6n}.png`;
}
