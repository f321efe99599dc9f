import { ChannelType, PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { markThreadStart } from '../actions/messages.js';
import { createThread, hasRoomForThread, joinThread, leaveThread, MAX_THREAD_MEMBERS } from '../actions/threads.js';
import type { SimulatorContext } from '../context.js';
import type { Guild, Thread } from '../state/model.js';
import { channelPermissions } from '../state/permissions.js';
import { isThread, renderThread, renderThreadMember } from '../views/threads.js';
import { renderMember } from '../views/users.js';
import { actorOf, requireBot, requireChannel, requireMessage } from './access.js';
import { missingAccess, parseForm, refused, refuseUnserved, unknown } from './errors.js';
import { startPost } from './forum-posts.js';
import { threadBody, threadDraftFrom } from './thread-form.js';

const freeThreadBody = threadBody.extend({
  type: z
    .union([
      z.literal(ChannelType.AnnouncementThread),
      z.literal(ChannelType.PublicThread),
      z.literal(ChannelType.PrivateThread),
    ])
    .nullish(),
  invitable: z.boolean().nullish(),
});
/** Starting and changing threads. @see https://docs.discord.com/developers/topics/threads */
export function threadRoutes(app: FastifyInstance, { world }: SimulatorContext): void {
  app.post('/channels/:channelId/messages/:messageId/threads', (request, reply) => {
    const { channel, guild } = threadParent(request, Permission.CreatePublicThreads);
    const message = requireMessage(world, request, channel);
    const body = parseForm(threadBody, request.body);
    if (guild.threads.has(message.id)) throw refused.secondThread();
    const isNews = channel.type === ChannelType.GuildAnnouncement;
    const type = isNews ? ChannelType.AnnouncementThread : ChannelType.PublicThread;
    const draft = { ...threadDraftFrom(body), messageId: message.id, type } as const;
    const thread = createThread(world, guild, channel, { draft, by: actorOf(request) });
    markThreadStart(world, message);
    return reply.code(201).send(created(request, thread));
  });

  app.post('/channels/:channelId/threads', (request, reply) => {
    const forum = requireChannel(world, request);
    const guildOfForum = world.guilds.get(forum.guildId ?? '');
    if (forum.forum && guildOfForum) {
      return reply.code(201).send(startPost(world, request, { guild: guildOfForum, forum }));
    }
    const body = parseForm(freeThreadBody, request.body);
    refuseUnserved(body, ['message', 'applied_tags']);
    // Discord's own default, kept for old clients.
    const type = body.type ?? ChannelType.PrivateThread;
    const isPrivate = type === ChannelType.PrivateThread;
    const permission = isPrivate ? Permission.CreatePrivateThreads : Permission.CreatePublicThreads;
    const { channel, guild } = threadParent(request, permission);
    const draft = { ...threadDraftFrom(body), type, isInvitable: body.invitable ?? undefined };
    const thread = createThread(world, guild, channel, { draft, by: actorOf(request) });
    return reply.code(201).send(created(request, thread));
  });

  function created(request: FastifyRequest, thread: Thread): object {
    return { ...renderThread(thread), member: renderThreadMember(thread, requireBot(request).userId) };
  }

  function threadParent(request: FastifyRequest, permission: bigint) {
    const channel = requireChannel(world, request, permission);
    const guild = channel.guildId ? world.guilds.get(channel.guildId) : undefined;
    const isText = channel.type === ChannelType.GuildText || channel.type === ChannelType.GuildAnnouncement;
    if (!guild || !isText) throw refused.channelType();
    if (!hasRoomForThread(guild)) throw refused.tooManyActiveThreads();
    return { channel, guild };
  }
}

/** Who is in a thread. @see https://docs.discord.com/developers/resources/channel#join-thread */
export function threadMemberRoutes(app: FastifyInstance, { world }: SimulatorContext): void {
  const PATH = '/channels/:channelId/thread-members';

  app.get(PATH, (request) => {
    const { thread, guild } = placeOf(request);
    return thread.thread.members.map(({ userId }) => renderWithMember(request, guild, { thread, userId }));
  });

  app.get(`${PATH}/:userId`, (request) => {
    const { thread, guild, userId } = placeOf(request);
    if (!renderThreadMember(thread, userId)) throw unknown.member();
    return renderWithMember(request, guild, { thread, userId });
  });

  app.put(`${PATH}/:userId`, (request, reply) => {
    const { thread, guild, userId, isSelf } = placeOf(request);
    requireActive(thread);
    if (!isSelf) {
      requireChannel(world, request, Permission.SendMessages);
      if (!guild.members.has(userId)) throw unknown.user();
      const parent = guild.channels.get(thread.parentId);
      if (!parent || !(channelPermissions(world, parent, userId) & Permission.ViewChannel)) throw missingAccess();
    }
    const isFull = thread.thread.members.length >= MAX_THREAD_MEMBERS;
    if (isFull && !renderThreadMember(thread, userId)) throw refused.tooManyThreadMembers();
    joinThread(world, thread, userId);
    return reply.code(204).send();
  });

  app.delete(`${PATH}/:userId`, (request, reply) => {
    const { thread, userId, isSelf } = placeOf(request);
    requireActive(thread);
    const isOwnPrivate =
      thread.type === ChannelType.PrivateThread && thread.thread.ownerId === requireBot(request).userId;
    if (!isSelf && !isOwnPrivate) requireChannel(world, request, Permission.ManageThreads);
    leaveThread(world, thread, userId);
    return reply.code(204).send();
  });

  function placeOf(request: FastifyRequest) {
    const thread = requireChannel(world, request);
    const guild = world.guilds.get(thread.guildId ?? '');
    if (!guild || !isThread(thread)) throw refused.channelType();
    const { userId: named = '@me' } = request.params as { userId?: string };
    const ownId = requireBot(request).userId;
    const userId = named === '@me' ? ownId : named;
    return { thread, guild, userId, isSelf: userId === ownId };
  }

  function renderWithMember(request: FastifyRequest, guild: Guild, entry: { thread: Thread; userId: string }): object {
    const member = guild.members.get(entry.userId);
    const isWanted = (request.query as { with_member?: string }).with_member === 'true';
    return {
      ...renderThreadMember(entry.thread, entry.userId),
      ...(isWanted && member ? { member: renderMember(world, member) } : {}),
    };
  }
}

function requireActive({ thread }: Thread): void {
  if (thread.isArchived) throw refused.archivedThread();
}
