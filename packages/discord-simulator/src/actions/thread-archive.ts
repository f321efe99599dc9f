import type { Thread } from '../state/model.js';
import { timestampOf } from '../state/snowflake.js';
import type { World } from '../state/world.js';
import { isThread } from '../views/threads.js';
import { updateThread } from './threads.js';

const MINUTE_MS = 60_000;

/**
 * A thread goes to the archive when nothing has happened in it for its duration: no message, no return from the archive, no new
 * duration. Messages do not move the deadline; what is due looks whether there were any, so that writing costs nothing.
 * @see https://docs.discord.com/developers/topics/threads#active--archived-threads
 */
export function armArchive(world: World, thread: Thread): void {
  if (thread.thread.isArchived) disarmArchive(world, thread.id);
  else world.deadlines.set(keyOf(thread.id), dueMs(thread), () => archiveIfQuiet(world, thread.id));
}

export function disarmArchive(world: World, threadId: string): void {
  world.deadlines.clear(keyOf(threadId));
}

function archiveIfQuiet(world: World, threadId: string): void {
  const thread = world.channel(threadId);
  if (!thread || !isThread(thread) || thread.thread.isArchived) return;
  if (dueMs(thread) > world.clock.now()) armArchive(world, thread);
  else updateThread(world, thread, { isArchived: true });
}

/** Epoch milliseconds. */
function dueMs({ thread, lastMessageId }: Thread): number {
  const changes = [thread.archiveChangedAt, thread.durationChangedAt ?? thread.createdAt].map((at) => Date.parse(at));
  const lastMessageMs = lastMessageId === null ? 0 : timestampOf(lastMessageId);
  return Math.max(...changes, lastMessageMs) + thread.autoArchiveMinutes * MINUTE_MS;
}

const keyOf = (threadId: string) => `archive ${threadId}`;
