import { ChannelFlags, PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { hasRoomForThread, type ThreadChanges, updateThread } from '../actions/threads.js';
import type { Guild, Thread } from '../state/model.js';
import { channelPermissions } from '../state/permissions.js';
import type { World } from '../state/world.js';
import { actorOf, requireBot } from './access.js';
import { formError, missingPermissions, parseForm, refused, refuseUnserved, unknown } from './errors.js';
import { appliedTags, requirePinnable, requireTags } from './forum-posts.js';
import { threadBody } from './thread-form.js';

const threadPatchBody = threadBody.partial().extend({
  archived: z.boolean().nullish(),
  locked: z.boolean().nullish(),
  invitable: z.boolean().nullish(),
  flags: z.number().int().nonnegative().nullish(),
  applied_tags: appliedTags.nullish(),
});

type ThreadForm = z.infer<typeof threadPatchBody>;

/** `PATCH` of a thread. @see https://docs.discord.com/developers/resources/channel#modify-channel-json-params-thread */
export function changeThread(world: World, request: FastifyRequest, thread: Thread): Thread {
  const body = parseForm(threadPatchBody, request.body);
  refuseUnserved(body, ['bitrate', 'user_limit', 'rtc_region', 'video_quality_mode']);
  const { userId } = requireBot(request);
  requireMayChange(world, thread, { body, userId });
  if (thread.thread.isArchived && body.archived !== false) throw refused.archivedThread();
  const guild = world.guilds.get(thread.guildId);
  if (!guild) throw unknown.guild();
  if (thread.thread.isArchived && !hasRoomForThread(guild)) throw refused.tooManyActiveThreads();
  if (typeof body.flags === 'number') requireFlags(guild, thread, body.flags);
  if (body.applied_tags) requireOwnTags(world, guild, { thread, userId, tagIds: body.applied_tags });
  updateThread(world, thread, changesFrom(body), actorOf(request));
  return thread;
}

interface Attempt {
  body: ThreadForm;
  userId: string;
}

/** Its owner may archive and rename, those in it bring it back; a lock, a pin and slowmode need who manages threads. */
function requireMayChange(world: World, channel: Thread, { body, userId }: Attempt): void {
  const { thread } = channel;
  if (channelPermissions(world, channel, userId) & Permission.ManageThreads) return;
  const given = Object.keys(body).filter((key) => ![undefined, null].includes((body as Record<string, null>)[key]));
  const isOwner = thread.ownerId === userId;
  const isReturn = body.archived === false && given.length === 1 && thread.members.some((it) => it.userId === userId);
  const isReserved = ['locked', 'rate_limit_per_user', 'flags'].some((key) => given.includes(key));
  if ((!isOwner && !isReturn) || isReserved || thread.isLocked) throw missingPermissions();
}

/** The pin is the only flag of a thread, and belongs to posts. */
function requireFlags(guild: Guild, thread: Thread, flags: number): void {
  const isPost = guild.channels.get(thread.parentId)?.forum !== undefined;
  if (!isPost || flags & ~ChannelFlags.Pinned) throw formError(['flags'], 'BASE_TYPE_BAD_VALUE', 'Invalid flags.');
  if (flags & ChannelFlags.Pinned) requirePinnable(guild, thread);
}

function requireOwnTags(
  world: World,
  guild: Guild,
  { thread, userId, tagIds }: { thread: Thread; userId: string; tagIds: string[] },
): void {
  const forum = guild.channels.get(thread.parentId);
  if (!forum?.forum) throw formError(['applied_tags'], 'BASE_TYPE_BAD_VALUE', 'Tags are for posts in forums.');
  requireTags(world, { forum, userId, tagIds, before: thread.thread.appliedTagIds ?? [] });
}

function changesFrom(body: ThreadForm): ThreadChanges {
  return {
    ...(typeof body.name === 'string' ? { name: body.name } : {}),
    ...(typeof body.archived === 'boolean' ? { isArchived: body.archived } : {}),
    ...(typeof body.locked === 'boolean' ? { isLocked: body.locked } : {}),
    ...(typeof body.invitable === 'boolean' ? { isInvitable: body.invitable } : {}),
    ...(body.auto_archive_duration ? { autoArchiveMinutes: body.auto_archive_duration } : {}),
    ...(typeof body.rate_limit_per_user === 'number' ? { slowmodeSeconds: body.rate_limit_per_user } : {}),
    ...(typeof body.flags === 'number' ? { flags: body.flags } : {}),
    ...(body.applied_tags ? { appliedTagIds: body.applied_tags } : {}),
  };
}
