import type { ChannelRecord, Guild, MessageRecord, Thread } from '../state/model.js';
import type { World } from '../state/world.js';
import type { Actor } from './audit-log.js';
import { createMessage, type MessageDraft } from './messages.js';
import { createThread, type ThreadDraft } from './threads.js';

interface PostDraft {
  draft: ThreadDraft;
  message: Omit<MessageDraft, 'authorId' | 'id'>;
  by: Actor;
}

/**
 * A thread in a forum with its first message, which has the id of the thread.
 * @see https://docs.discord.com/developers/topics/threads#forum-and-media-channel-threads
 */
export function createPost(
  world: World,
  guild: Guild,
  forum: ChannelRecord,
  { draft, message, by }: PostDraft,
): { thread: Thread; message: MessageRecord } {
  const thread = createThread(world, guild, forum, { draft, by });
  return { thread, message: createMessage(world, thread, { ...message, authorId: by.userId, id: thread.id }) };
}
