import { AuditLogEvent, ChannelType } from 'discord-api-types/v10';
import { type DispatchName, intents } from '../state/dispatch.js';
import type { ChannelRecord, Guild, Thread, ThreadRecord } from '../state/model.js';
import { timestampOf } from '../state/snowflake.js';
import type { World } from '../state/world.js';
import { isThread, renderThread, renderThreadMember } from '../views/threads.js';
import { renderMember } from '../views/users.js';
import { type Actor, differences, writeAuditLog } from './audit-log.js';

const MINUTE_MS = 60_000;

export interface ThreadDraft {
  name: string;
  type?: ChannelType.PublicThread | ChannelType.PrivateThread | ChannelType.AnnouncementThread | undefined;
  /** A thread that hangs on a message has its id. */
  messageId?: string | undefined;
  autoArchiveMinutes?: number | undefined;
  slowmodeSeconds?: number | undefined;
  isInvitable?: boolean | undefined;
  /** Of a post in a forum. */
  tagIds?: string[] | undefined;
}

/** Threads of a guild that are not archived. @see https://docs.discord.com/developers/topics/threads#active--archived-threads */
export const MAX_ACTIVE_THREADS = 1_000;
export const MAX_THREAD_MEMBERS = 1_000;
const DEFAULT_ARCHIVE_MINUTES = 4_320;

/** Whether another thread of the guild may be active. */
export function hasRoomForThread(guild: Guild): boolean {
  return [...guild.threads.values()].filter(({ thread }) => !thread?.isArchived).length < MAX_ACTIVE_THREADS;
}

/** Starts a thread; who starts it is in it. */
export function createThread(
  world: World,
  guild: Guild,
  parent: ChannelRecord,
  { draft, by }: { draft: ThreadDraft; by: Actor },
): Thread {
  const now = world.clock.iso();
  const thread: Thread = {
    id: draft.messageId ?? world.snowflakes.next(),
    type: draft.type ?? ChannelType.PublicThread,
    guildId: guild.id,
    name: draft.name,
    topic: null,
    position: 0,
    parentId: parent.id,
    isNsfw: parent.isNsfw,
    slowmodeSeconds: draft.slowmodeSeconds ?? parent.threadSlowmodeSeconds ?? 0,
    overwrites: [],
    lastMessageId: null,
    recipientIds: [],
    thread: {
      ownerId: by.userId,
      isArchived: false,
      isLocked: false,
      isInvitable: draft.isInvitable ?? true,
      autoArchiveMinutes: draft.autoArchiveMinutes ?? parent.defaultAutoArchiveMinutes ?? DEFAULT_ARCHIVE_MINUTES,
      createdAt: now,
      archiveChangedAt: now,
      messageCount: 0,
      totalMessagesSent: 0,
      // A webhook is in no thread, also not in its own.
      members: world.users.has(by.userId) ? [{ userId: by.userId, joinedAt: now }] : [],
      ...(parent.forum ? { appliedTagIds: draft.tagIds ?? [] } : {}),
    },
  };
  world.addChannel(thread);
  // A forum holds no messages: its last one is its last post.
  if (parent.forum) parent.lastMessageId = thread.id;
  armArchive(world, thread);
  publishThread(world, 'THREAD_CREATE', thread, { newly_created: true });
  const changes = differences({}, renderThread(thread));
  writeAuditLog(world, guild, { actionType: AuditLogEvent.ThreadCreate, targetId: thread.id, changes, by });
  return thread;
}

export type ThreadChanges = Partial<
  Pick<ThreadRecord, 'isArchived' | 'isLocked' | 'isInvitable' | 'autoArchiveMinutes' | 'appliedTagIds'> &
    Pick<ChannelRecord, 'name' | 'slowmodeSeconds' | 'flags'>
>;

export function updateThread(world: World, thread: Thread, changes: ThreadChanges, by?: Actor): void {
  const before = renderThread(thread);
  const { name = thread.name, slowmodeSeconds = thread.slowmodeSeconds, flags = thread.flags, ...state } = changes;
  if (state.isArchived !== undefined && state.isArchived !== thread.thread.isArchived)
    thread.thread.archiveChangedAt = world.clock.iso();
  if (state.autoArchiveMinutes !== undefined) thread.thread.durationChangedAt = world.clock.iso();
  Object.assign(thread, { name, slowmodeSeconds, ...(flags === undefined ? {} : { flags }) });
  Object.assign(thread.thread, state);
  armArchive(world, thread);
  publishThread(world, 'THREAD_UPDATE', thread);
  const guild = world.guilds.get(thread.guildId);
  if (!guild || !by) return;
  const entry = { targetId: thread.id, changes: differences(before, renderThread(thread)), by };
  writeAuditLog(world, guild, { actionType: AuditLogEvent.ThreadUpdate, ...entry });
}

/** Counts a new message, and brings an archived thread back for it. The first message of a post is not counted. */
export function noteThreadMessage(
  world: World,
  channel: ChannelRecord,
  message: { id: string; authorId: string },
): void {
  if (!isThread(channel)) return;
  if (message.id !== channel.id) {
    channel.thread.messageCount += 1;
    channel.thread.totalMessagesSent += 1;
  }
  if (channel.thread.isArchived) updateThread(world, channel, { isArchived: false });
  // A webhook is in no thread, wherever it writes.
  const isSomebody = world.users.has(message.authorId);
  if (isSomebody && channel.thread.members.length < MAX_THREAD_MEMBERS) joinThread(world, channel, message.authorId);
}

/** Deleted messages no longer count, though they were sent. */
export function noteThreadDeletions(channel: ChannelRecord, messageIds: readonly string[]): void {
  if (!channel.thread) return;
  const counted = messageIds.filter((id) => id !== channel.id).length;
  channel.thread.messageCount = Math.max(0, channel.thread.messageCount - counted);
}

export function deleteThread(world: World, guild: Guild, channel: ChannelRecord, by?: Actor): void {
  if (!isThread(channel)) return;
  for (const { id } of world.history(channel.id).all())
    world.emit('messageRemoved', { channelId: channel.id, messageId: id });
  world.touch();
  disarmArchive(world, channel.id);
  const { id, parentId, guildId, type } = channel;
  const data = { id, guild_id: guildId, parent_id: parentId, type };
  world.publish({ name: 'THREAD_DELETE', data, guildId, channelId: id, intents: intents.guilds });
  world.forgetChannel(channel);
  if (!by) return;
  const changes = differences(renderThread(channel), {});
  writeAuditLog(world, guild, { actionType: AuditLogEvent.ThreadDelete, targetId: id, changes, by });
}

/** Joining twice changes nothing. */
export function joinThread(world: World, thread: Thread, userId: string): void {
  if (thread.thread.members.some((member) => member.userId === userId)) return;
  thread.thread.members.push({ userId, joinedAt: world.clock.iso() });
  // A bot first learns of a private thread by being added to it.
  if (world.applications.has(userId)) announceThreadTo(world, thread, userId);
  publishMembers(world, thread, { addedId: userId });
}

export function leaveThread(world: World, thread: Thread, userId: string): void {
  if (!thread.thread.members.some((member) => member.userId === userId)) return;
  publishMembers(world, thread, { removedId: userId }, () => {
    thread.thread.members = thread.thread.members.filter((member) => member.userId !== userId);
  });
}

function announceThreadTo(world: World, thread: Thread, botId: string): void {
  const data = { ...renderThread(thread), member: renderThreadMember(thread, botId) };
  const where = { guildId: thread.guildId, intents: intents.guilds, userIds: [botId] };
  if (thread.type === ChannelType.PrivateThread) world.publish({ name: 'THREAD_CREATE', data, ...where });
  const member = { ...renderThreadMember(thread, botId), guild_id: thread.guildId };
  world.publish({ name: 'THREAD_MEMBER_UPDATE', data: member, ...where });
}

/** Whose own membership changes hears of it without the members intent. */
function publishMembers(
  world: World,
  thread: Thread,
  { addedId, removedId }: { addedId?: string; removedId?: string },
  change: () => void = () => undefined,
): void {
  const subject = addedId ?? removedId ?? '';
  const isBot = world.applications.has(subject);
  // Who is removed from a private thread is told before they lose sight of it.
  if (!isBot) change();
  const member = addedId === undefined ? undefined : world.member(thread.guildId, addedId);
  const added = addedId === undefined ? undefined : renderThreadMember(thread, addedId);
  const count = thread.thread.members.length - (isBot && removedId ? 1 : 0);
  world.publish({
    name: 'THREAD_MEMBERS_UPDATE',
    data: {
      id: thread.id,
      guild_id: thread.guildId,
      member_count: Math.min(count, 50),
      ...(added ? { added_members: [{ ...added, ...(member ? { member: renderMember(world, member) } : {}) }] } : {}),
      ...(removedId ? { removed_member_ids: [removedId] } : {}),
    },
    guildId: thread.guildId,
    channelId: thread.id,
    intents: isBot ? intents.guilds | intents.members : intents.members,
  });
  if (isBot) change();
  world.touch();
}

function publishThread(
  world: World,
  name: Extract<DispatchName, 'THREAD_CREATE' | 'THREAD_UPDATE'>,
  thread: Thread,
  extra: object = {},
): void {
  world.touch();
  world.publish({
    name,
    data: { ...renderThread(thread), ...extra },
    guildId: thread.guildId,
    channelId: thread.id,
    intents: intents.guilds,
  });
}

/**
 * A thread goes to the archive when nothing has happened in it for its duration: no message, no return from the archive, no new
 * duration. Messages do not move the deadline; what is due looks whether there were any, so that writing costs nothing.
 * @see https://docs.discord.com/developers/topics/threads#active--archived-threads
 */
export function armArchive(world: World, thread: Thread): void {
  if (thread.thread.isArchived) disarmArchive(world, thread.id);
  else world.deadlines.set(archiveKey(thread.id), archiveDueMs(thread), () => archiveIfQuiet(world, thread.id));
}

function disarmArchive(world: World, threadId: string): void {
  world.deadlines.clear(archiveKey(threadId));
}

function archiveIfQuiet(world: World, threadId: string): void {
  const thread = world.channel(threadId);
  if (!thread || !isThread(thread) || thread.thread.isArchived) return;
  if (archiveDueMs(thread) > world.clock.now()) armArchive(world, thread);
  else updateThread(world, thread, { isArchived: true });
}

/** Epoch milliseconds. */
function archiveDueMs({ thread, lastMessageId }: Thread): number {
  const changes = [thread.archiveChangedAt, thread.durationChangedAt ?? thread.createdAt].map((at) => Date.parse(at));
  const lastMessageMs = lastMessageId === null ? 0 : timestampOf(lastMessageId);
  return Math.max(...changes, lastMessageMs) + thread.autoArchiveMinutes * MINUTE_MS;
}

const archiveKey = (threadId: string) => `archive ${threadId}`;
