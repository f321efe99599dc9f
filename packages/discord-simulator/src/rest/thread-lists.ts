import { ChannelType, PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { SimulatorContext } from '../context.js';
import type { Guild, Thread } from '../state/model.js';
import { canView } from '../state/permissions.js';
import { isThread, renderThread, renderThreadMember } from '../views/threads.js';
import { requireBot, requireChannel, requireGuild } from './access.js';
import { parseForm, refused } from './errors.js';

const archivedQuery = z.looseObject({
  before: z.iso.datetime({ offset: true }).optional(),
  limit: z.coerce.number().int().min(2).max(100).default(50),
});

/** @see https://docs.discord.com/developers/resources/channel#list-public-archived-threads */
export function threadListRoutes(app: FastifyInstance, { world }: SimulatorContext): void {
  app.get('/guilds/:guildId/threads/active', (request) => {
    const guild = requireGuild(world, request);
    const { userId } = requireBot(request);
    const active = threadsOf(guild)
      .filter((thread) => !thread.thread.isArchived && canView(world, thread, userId))
      .reverse();
    return { ...render(active, userId), has_more: false };
  });

  app.get('/channels/:channelId/threads/archived/public', (request) =>
    archived(request, (thread) => thread.type !== ChannelType.PrivateThread),
  );

  app.get('/channels/:channelId/threads/archived/private', (request) => {
    requireChannel(world, request, Permission.ManageThreads);
    return archived(request, (thread) => thread.type === ChannelType.PrivateThread);
  });

  app.get('/channels/:channelId/users/@me/threads/archived/private', (request) => {
    const { userId } = requireBot(request);
    const isOwn = (thread: Thread) => thread.thread.members.some((member) => member.userId === userId);
    return archived(request, (thread) => thread.type === ChannelType.PrivateThread && isOwn(thread));
  });

  function archived(request: FastifyRequest, isWanted: (thread: Thread) => boolean): object {
    const channel = requireChannel(world, request, Permission.ReadMessageHistory);
    const guild = world.guilds.get(channel.guildId ?? '');
    if (!guild || channel.thread) throw refused.channelType();
    const { before, limit } = parseForm(archivedQuery, request.query);
    const ended = (thread: Thread) => Date.parse(thread.thread.archiveChangedAt);
    const found = threadsOf(guild)
      .filter((thread) => thread.parentId === channel.id && thread.thread.isArchived && isWanted(thread))
      .filter((thread) => before === undefined || ended(thread) < Date.parse(before))
      .sort((left, right) => ended(right) - ended(left));
    return { ...render(found.slice(0, limit), requireBot(request).userId), has_more: found.length > limit };
  }
}

function threadsOf(guild: Guild): Thread[] {
  return [...guild.threads.values()].filter(isThread);
}

function render(threads: readonly Thread[], userId: string) {
  return {
    threads: threads.map(renderThread),
    members: threads.flatMap((thread) => renderThreadMember(thread, userId) ?? []),
  };
}
