import { ChannelType, PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import type { ChannelRecord, ForumTagRecord, Guild } from '../state/model.js';
import { canView, channelPermissions } from '../state/permissions.js';
import type { World } from '../state/world.js';
import { userOf } from '../views/users.js';
import { renderAccount, renderSomebody } from './people.js';

const KINDS: Partial<Record<number, string>> = {
  [ChannelType.GuildCategory]: 'category',
  [ChannelType.GuildVoice]: 'voice',
  [ChannelType.GuildStageVoice]: 'stage',
  [ChannelType.GuildAnnouncement]: 'announcement',
  [ChannelType.GuildForum]: 'forum',
  [ChannelType.GuildMedia]: 'forum',
  [ChannelType.AnnouncementThread]: 'thread',
  [ChannelType.PublicThread]: 'thread',
  [ChannelType.PrivateThread]: 'thread',
};

/** The channels of a guild that a person sees, and the threads in them that are not archived. */
export function channelsFor(world: World, guild: Guild, userId: string): object[] {
  const threads = [...guild.threads.values()].filter(({ thread }) => !thread?.isArchived);
  return [...guild.channels.values(), ...threads]
    .filter((channel) => canView(world, channel, userId))
    .map((channel) => renderClientChannel(world, channel, userId));
}

/** A channel, thread or direct message channel as one person sees it. */
export function renderClientChannel(world: World, channel: ChannelRecord, userId: string): object {
  const guild = channel.guildId ? world.guilds.get(channel.guildId) : undefined;
  if (!guild) return renderDirectChannel(world, channel, userId);
  const permissions = channelPermissions(world, channel, userId);
  const may = (permission: bigint) => (permissions & permission) !== 0n;
  return {
    id: channel.id,
    guildId: guild.id,
    name: channel.name,
    topic: channel.topic,
    parentId: channel.parentId,
    position: channel.position,
    kind: KINDS[channel.type] ?? 'text',
    isPrivate: isPrivate(guild, channel),
    lastMessageId: channel.lastMessageId,
    slowmodeSeconds: channel.slowmodeSeconds,
    canWrite: may(Permission.SendMessages) && !(channel.thread?.isLocked && !may(Permission.ManageThreads)),
    canStartThread: may(Permission.CreatePublicThreads),
    canManageMessages: may(Permission.ManageMessages),
    canPin: may(Permission.PinMessages),
    canReact: may(Permission.AddReactions),
    canAttach: may(Permission.AttachFiles),
    voices: voicesIn(world, guild, channel.id),
    ...(channel.forum ? { tags: channel.forum.tags.map(renderTag) } : {}),
    ...(channel.thread ? { thread: renderClientThread(channel, userId, may(Permission.ManageThreads)) } : {}),
  };
}

/** A tag of a forum. */
export function renderTag({ id, name, emojiName }: ForumTagRecord): object {
  return { id, name, emoji: emojiName };
}

function renderClientThread({ thread }: ChannelRecord, userId: string, mayManage: boolean): object | undefined {
  return (
    thread && {
      ownerId: thread.ownerId,
      isArchived: thread.isArchived,
      isLocked: thread.isLocked,
      messageCount: thread.messageCount,
      createdAt: thread.createdAt,
      canManage: mayManage || (thread.ownerId === userId && !thread.isLocked),
      isJoined: thread.members.some((member) => member.userId === userId),
    }
  );
}

function isPrivate(guild: Guild, { type, overwrites }: ChannelRecord): boolean {
  if (type === ChannelType.PrivateThread) return true;
  const everyone = overwrites.find((overwrite) => overwrite.id === guild.id);
  return (BigInt(everyone?.deny ?? 0) & Permission.ViewChannel) !== 0n;
}

function voicesIn(world: World, guild: Guild, channelId: string): object[] {
  return [...guild.voiceStates.values()]
    .filter((state) => state.channelId === channelId)
    .map((state) => ({
      ...renderSomebody(world, guild, state.userId),
      isMuted: state.isMuted || state.isSelfMuted,
      isDeafened: state.isDeafened || state.isSelfDeafened,
    }));
}

/** The direct message channels of a person. */
export function directChannelsOf(world: World, userId: string): object[] {
  return [...world.directChannels.values()]
    .filter((channel) => channel.recipientIds.includes(userId))
    .map((channel) => renderDirectChannel(world, channel, userId));
}

function renderDirectChannel(world: World, channel: ChannelRecord, userId: string): object {
  const person = renderAccount(world, userOf(world, channel.recipientIds.find((id) => id !== userId) ?? userId));
  return {
    id: channel.id,
    guildId: null,
    name: person.name,
    kind: 'direct',
    canWrite: true,
    canPin: true,
    canReact: true,
    canAttach: true,
    lastMessageId: channel.lastMessageId,
    avatarUrl: person.avatarUrl,
    person,
  };
}
