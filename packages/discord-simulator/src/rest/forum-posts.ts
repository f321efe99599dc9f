import { ChannelFlags, PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { createPost } from '../actions/forum-posts.js';
import { hasRoomForThread } from '../actions/threads.js';
import { type ChannelRecord, type Guild, snowflake, type Thread } from '../state/model.js';
import { channelPermissions } from '../state/permissions.js';
import type { World } from '../state/world.js';
import { renderMessage } from '../views/messages.js';
import { renderThread, renderThreadMember } from '../views/threads.js';
import { actorOf, requireBot, requireChannel } from './access.js';
import { missingPermissions, parseForm, refused } from './errors.js';
import { draftFrom, requireSubstance } from './message-form.js';
import { messageCreateBody } from './schemas.js';
import { threadBody, threadDraftFrom } from './thread-form.js';

/** Tags of one post. */
const MAX_TAGS = 5;
export const appliedTags = z.array(snowflake).max(MAX_TAGS);

const postBody = threadBody.extend({ applied_tags: appliedTags.nullish(), message: messageCreateBody });

/** `POST` of threads where the channel is a forum. @see https://docs.discord.com/developers/resources/channel#start-thread-in-forum-or-media-channel */
export function startPost(
  world: World,
  request: FastifyRequest,
  { guild, forum }: { guild: Guild; forum: ChannelRecord },
): object {
  requireChannel(world, request, Permission.SendMessages);
  const { userId } = requireBot(request);
  const body = parseForm(postBody, request.body);
  requireSubstance(body.message);
  const tagIds = body.applied_tags ?? [];
  requireTags(world, { forum, userId, tagIds });
  if (!hasRoomForThread(guild)) throw refused.tooManyActiveThreads();
  const { thread, message } = createPost(world, guild, forum, {
    draft: { ...threadDraftFrom(body), tagIds },
    message: draftFrom(world, forum, body.message),
    by: actorOf(request),
  });
  return {
    ...renderThread(thread),
    member: renderThreadMember(thread, userId),
    message: renderMessage(world, message, { viewerId: userId }),
  };
}

interface Tagging {
  forum: ChannelRecord;
  userId: string;
  tagIds: readonly string[];
  /** Those it has. */
  before?: readonly string[];
}

/** @throws DiscordError 10087 for a tag the forum does not have, 50013 for one of moderators, 40067 for none where one is required */
export function requireTags(world: World, { forum, userId, tagIds, before = [] }: Tagging): void {
  const isModerator = (channelPermissions(world, forum, userId) & Permission.ManageThreads) !== 0n;
  for (const id of tagIds) {
    const tag = forum.forum?.tags.find((it) => it.id === id);
    if (!tag) throw refused.unknownTag();
    if (tag.isModerated && !isModerator && !before.includes(id)) throw missingPermissions();
  }
  if (tagIds.length === 0 && (forum.flags ?? 0) & ChannelFlags.RequireTag) throw refused.tagRequired();
}

/** Tags a webhook gives its post: those of moderators too. @throws DiscordError 10087 for a tag the forum does not have, 40067 for none where one is required */
export function requireTagsOf(forum: ChannelRecord, tagIds: readonly string[]): string[] {
  if (tagIds.some((id) => !forum.forum?.tags.some((tag) => tag.id === id))) throw refused.unknownTag();
  if (tagIds.length === 0 && (forum.flags ?? 0) & ChannelFlags.RequireTag) throw refused.tagRequired();
  return [...tagIds];
}

/** @throws DiscordError 30047 where another post of the forum is pinned already */
export function requirePinnable(guild: Guild, post: Thread): void {
  const isPinned = (thread: ChannelRecord) =>
    thread.parentId === post.parentId && thread !== post && ((thread.flags ?? 0) & ChannelFlags.Pinned) !== 0;
  if ([...guild.threads.values()].some(isPinned)) throw refused.tooManyPinnedPosts();
}
