import { ChannelType, PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { markThreadStart } from '../actions/messages.js';
import { say } from '../actions/speech.js';
import { createPost } from '../actions/forum-posts.js';
import { createThread, joinThread, leaveThread, updateThread } from '../actions/threads.js';
import type { SimulatorContext } from '../context.js';
import { ImpossibleAction } from '../interactions/person.js';
import { refused } from '../rest/errors.js';
import { messageLimits } from '../rest/schemas.js';
import { type ChannelRecord, type Guild, snowflake, type Thread } from '../state/model.js';
import { canView, channelPermissions } from '../state/permissions.js';
import type { World } from '../state/world.js';
import { isThread } from '../views/threads.js';
import { renderClientChannel, renderTag } from './channels.js';
import { renderSomebody } from './people.js';
import { messageIn, notAllowed, place } from './place.js';

const FORUMS: readonly number[] = [ChannelType.GuildForum, ChannelType.GuildMedia];
const TEXT: readonly number[] = [ChannelType.GuildText, ChannelType.GuildAnnouncement];

const bodies = {
  start: z.object({
    name: z.string().trim().min(1).max(100),
    /** The message it hangs on. */
    messageId: snowflake.optional(),
    /** What the first message says; a post in a forum needs one. */
    content: z.string().trim().min(1).max(messageLimits.contentLength).optional(),
    isPrivate: z.boolean().default(false),
  }),
  membership: z.object({ isIn: z.boolean() }),
  archive: z.object({ isArchived: z.boolean() }),
};

/** Threads, and the posts of forums, which are threads too. */
export function threadRoutes(app: FastifyInstance, { world }: SimulatorContext): void {
  app.get('/threads', (request) => {
    const { person, channel } = place(world, request.query);
    const guild = guildOf(world, channel);
    return [...guild.threads.values()]
      .filter((thread) => thread.parentId === channel.id && canView(world, thread, person.id))
      .sort((left, right) => Number(activityOf(right) - activityOf(left)))
      .map((thread) => renderCard(world, guild, { thread, viewerId: person.id }));
  });

  app.post('/threads', (request) => {
    const draft = bodies.start.parse(request.body);
    const { person, channel } = place(world, request.body, permissionFor(world, request.body, draft.isPrivate));
    const guild = guildOf(world, channel);
    const isForum = FORUMS.includes(channel.type);
    if (!isForum && !TEXT.includes(channel.type)) throw refused.channelType();
    if (isForum && draft.content === undefined) throw new ImpossibleAction('A post needs a first message');
    const message = draft.messageId === undefined ? undefined : messageIn(world, channel, draft.messageId);
    if (message && guild.threads.has(message.id)) throw refused.secondThread();
    const by = { userId: person.id };
    if (isForum) {
      const post = { draft: { name: draft.name }, message: { content: draft.content }, by };
      return renderClientChannel(world, createPost(world, guild, channel, post).thread, person.id);
    }
    const type = typeFor(channel, draft.isPrivate);
    const thread = createThread(world, guild, channel, {
      draft: { name: draft.name, messageId: message?.id, type },
      by,
    });
    if (message) markThreadStart(world, message);
    if (draft.content !== undefined) say(world, thread, { authorId: person.id, content: draft.content });
    return renderClientChannel(world, thread, person.id);
  });

  app.post('/threads/membership', (request) => {
    const { person, thread } = threadAt(world, request.body);
    (bodies.membership.parse(request.body).isIn ? joinThread : leaveThread)(world, thread, person.id);
    return {};
  });

  app.post('/threads/archive', (request) => {
    const { isArchived } = bodies.archive.parse(request.body);
    const { person, thread } = threadAt(world, request.body);
    const mayManage = (channelPermissions(world, thread, person.id) & Permission.ManageThreads) !== 0n;
    const isOwn = thread.thread.ownerId === person.id && !thread.thread.isLocked;
    if (!mayManage && !isOwn) throw notAllowed();
    updateThread(world, thread, { isArchived }, { userId: person.id });
    return {};
  });
}

function permissionFor(world: World, body: unknown, isPrivate: boolean): bigint {
  if (FORUMS.includes(place(world, body).channel.type)) return Permission.SendMessages;
  return isPrivate ? Permission.CreatePrivateThreads : Permission.CreatePublicThreads;
}

function typeFor(channel: ChannelRecord, isPrivate: boolean) {
  if (isPrivate) return ChannelType.PrivateThread;
  return channel.type === ChannelType.GuildAnnouncement ? ChannelType.AnnouncementThread : ChannelType.PublicThread;
}

function guildOf(world: World, channel: ChannelRecord): Guild {
  const guild = world.guilds.get(channel.guildId ?? '');
  if (!guild) throw refused.channelType();
  return guild;
}

function threadAt(world: World, body: unknown) {
  const { person, channel } = place(world, body);
  if (!isThread(channel)) throw refused.channelType();
  return { person, thread: channel as Thread };
}

/** Snowflake of the last thing said, or of the thread itself. */
function activityOf(thread: ChannelRecord): bigint {
  return BigInt(thread.lastMessageId ?? thread.id);
}

/** A thread with its first message, as lists and forums show it. */
function renderCard(world: World, guild: Guild, { thread, viewerId }: { thread: ChannelRecord; viewerId: string }) {
  const [first] = world.history(thread.id).all();
  const origin = world.history(thread.parentId ?? '').get(thread.id) ?? first;
  return {
    ...renderClientChannel(world, thread, viewerId),
    owner: renderSomebody(world, guild, thread.thread?.ownerId ?? ''),
    excerpt: origin?.content.slice(0, 300) ?? '',
    tags: tagsOf(guild, thread),
  };
}

/** The tags a post carries. */
function tagsOf(guild: Guild, { parentId, thread }: ChannelRecord): object[] {
  const tags = guild.channels.get(parentId ?? '')?.forum?.tags ?? [];
  return tags.filter(({ id }) => thread?.appliedTagIds?.includes(id)).map(renderTag);
}
