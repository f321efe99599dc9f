import type { ChannelRecord, Thread } from '../state/model.js';

/** Discord counts members of a thread up to 50. @see https://docs.discord.com/developers/resources/channel#channel-object */
const MAX_MEMBER_COUNT = 50;

export function isThread(channel: ChannelRecord): channel is Thread {
  return channel.thread !== undefined && channel.guildId !== null && channel.parentId !== null;
}

/** @see https://docs.discord.com/developers/topics/threads */
export function renderThread(channel: Thread): object {
  const { thread } = channel;
  return {
    id: channel.id,
    type: channel.type,
    guild_id: channel.guildId,
    parent_id: channel.parentId,
    owner_id: thread.ownerId,
    name: channel.name,
    flags: channel.flags ?? 0,
    rate_limit_per_user: channel.slowmodeSeconds,
    last_message_id: channel.lastMessageId,
    last_pin_timestamp: channel.lastPinAt ?? null,
    message_count: thread.messageCount,
    total_message_sent: thread.totalMessagesSent,
    member_count: Math.min(thread.members.length, MAX_MEMBER_COUNT),
    ...(thread.appliedTagIds ? { applied_tags: thread.appliedTagIds } : {}),
    thread_metadata: {
      archived: thread.isArchived,
      archive_timestamp: thread.archiveChangedAt,
      auto_archive_duration: thread.autoArchiveMinutes,
      locked: thread.isLocked,
      create_timestamp: thread.createdAt,
      ...(channel.type === 12 ? { invitable: thread.isInvitable } : {}),
    },
  };
}

/** Somebody's membership of a thread, if they are in it. @see https://docs.discord.com/developers/resources/channel#thread-member-object */
export function renderThreadMember(channel: Thread, userId: string): object | undefined {
  const member = channel.thread.members.find((it) => it.userId === userId);
  return member && { id: channel.id, user_id: userId, join_timestamp: member.joinedAt, flags: 0 };
}
