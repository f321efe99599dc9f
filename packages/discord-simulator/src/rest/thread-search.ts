import { PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { SimulatorContext } from '../context.js';
import { type ChannelRecord, type Guild, snowflake, type Thread } from '../state/model.js';
import { canView } from '../state/permissions.js';
import { compareSnowflakes } from '../state/snowflake.js';
import { renderMessage } from '../views/messages.js';
import { isThread, renderThread, renderThreadMember } from '../views/threads.js';
import { requireBot, requireChannel } from './access.js';
import { parseForm, refused } from './errors.js';

const flag = z.enum(['true', 'false']).transform((text) => text === 'true');

const searchQuery = z.looseObject({
  name: z.string().max(100).optional(),
  slop: z.coerce.number().int().min(0).max(100).default(2),
  min_id: snowflake.optional(),
  max_id: snowflake.optional(),
  tag: z
    .union([z.string(), z.array(z.string())])
    .transform((tags) => [tags].flat().flatMap((list) => list.split(',')))
    .pipe(z.array(snowflake).max(20))
    .optional(),
  tag_setting: z.enum(['match_all', 'match_some']).optional(),
  archived: flag.optional(),
  sort_by: z.enum(['relevance', 'creation_time', 'last_message_time', 'archive_time']).default('last_message_time'),
  sort_order: z.enum(['asc', 'desc']).default('desc'),
  limit: z.coerce.number().int().min(1).max(25).default(25),
  offset: z.coerce.number().int().min(0).max(9_975).default(0),
});

type Search = z.infer<typeof searchQuery>;

/** Finds threads of a channel by their name, tags and age. */
export function threadSearchRoutes(app: FastifyInstance, { world }: SimulatorContext): void {
  app.get('/channels/:channelId/threads/search', (request) => {
    const channel = requireChannel(world, request, Permission.ReadMessageHistory);
    const guild = world.guilds.get(channel.guildId ?? '');
    if (!guild || channel.thread) throw refused.channelType();
    const { userId } = requireBot(request);
    const search = parseForm(searchQuery, request.query);
    const found = threadsIn(guild, channel)
      .filter((thread) => canView(world, thread, userId) && fits(thread, channel, search))
      .sort(orderOf(search));
    const page = found.slice(search.offset, search.offset + search.limit);
    const first = page.flatMap((thread) => world.history(thread.id).get(thread.id) ?? []);
    return {
      threads: page.map(renderThread),
      members: page.flatMap((thread) => renderThreadMember(thread, userId) ?? []),
      first_messages: first.map((message) => renderMessage(world, message, { viewerId: userId })),
      has_more: found.length > search.offset + search.limit,
      total_results: found.length,
    };
  });
}

function threadsIn(guild: Guild, channel: ChannelRecord): Thread[] {
  return [...guild.threads.values()].filter(isThread).filter((thread) => thread.parentId === channel.id);
}

function fits(thread: Thread, parent: ChannelRecord, search: Search): boolean {
  const { archived, min_id, max_id, name, slop, tag: wanted = [] } = search;
  if (archived !== undefined && thread.thread.isArchived !== archived) return false;
  if (min_id !== undefined && compareSnowflakes(thread.id, min_id) <= 0) return false;
  if (max_id !== undefined && compareSnowflakes(thread.id, max_id) >= 0) return false;
  const has = (id: string) => thread.thread.appliedTagIds?.includes(id) ?? false;
  const setting = search.tag_setting ?? parent.forum?.tagSetting;
  if (wanted.length > 0 && !(setting === 'match_all' ? wanted.every(has) : wanted.some(has))) return false;
  return name === undefined || containsPhrase(wordsOf(thread.name), wordsOf(name), slop);
}

const wordsOf = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** Whether the words come in this order, each as the beginning of a word, with at most `slop` others between them. */
function containsPhrase(words: readonly string[], phrase: readonly string[], slop: number): boolean {
  return words.some((_word, start) => {
    let at = start;
    for (const wanted of phrase) {
      const next = words.findIndex((word, index) => index >= at && word.startsWith(wanted));
      if (next < 0 || (at === start && next !== start)) return false;
      at = next + 1;
    }
    return at - start - phrase.length <= slop;
  });
}

/** Threads whose order by the chosen measure is the same follow each other by age. */
function orderOf({ sort_by, sort_order }: Search): (left: Thread, right: Thread) => number {
  const sign = sort_order === 'asc' ? 1 : -1;
  return (left, right) => {
    const [first, second] = [left, right].map(({ thread }) => Date.parse(thread.archiveChangedAt));
    if (sort_by === 'archive_time' && first !== second) return sign * ((first ?? 0) - (second ?? 0));
    const idOf = (thread: Thread) =>
      sort_by === 'last_message_time' ? (thread.lastMessageId ?? thread.id) : thread.id;
    return sign * compareSnowflakes(idOf(left), idOf(right));
  };
}
