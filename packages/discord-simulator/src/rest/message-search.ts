import { PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { SimulatorContext } from '../context.js';
import { type ChannelRecord, type Guild, snowflake } from '../state/model.js';
import { channelPermissions } from '../state/permissions.js';
import { compareSnowflakes } from '../state/snowflake.js';
import type { World } from '../state/world.js';
import { renderMessage } from '../views/messages.js';
import { isThread, renderThread, renderThreadMember } from '../views/threads.js';
import { requireBot, requireGuild } from './access.js';
import { missingAccess, parseForm, refuseUnserved } from './errors.js';
import { CONTENTS, fitsSearch } from './message-search-terms.js';

/** A parameter that may be given several times. */
function several<Item extends z.ZodType>(item: Item, maximum: number) {
  return z.preprocess((value) => (Array.isArray(value) ? value : [value]), z.array(item).max(maximum)).optional();
}

const flag = z
  .enum(['true', 'false', '1', '0'])
  .transform((text) => text === 'true' || text === '1')
  .optional();
const kinds = <Kind extends string>(all: readonly Kind[]) => z.enum(all.flatMap((kind) => [kind, `-${kind}` as const]));

/** @see https://docs.discord.com/developers/resources/message#search-guild-messages */
export const searchQuery = z.looseObject({
  limit: z.coerce.number().int().min(1).max(25).default(25),
  offset: z.coerce.number().int().min(0).max(9_975).default(0),
  max_id: snowflake.optional(),
  min_id: snowflake.optional(),
  content: z.string().max(1_024).optional(),
  channel_id: several(snowflake, 500),
  author_id: several(snowflake, 100),
  author_type: several(kinds(['user', 'bot', 'webhook']), 6),
  mentions: several(snowflake, 100),
  mentions_role_id: several(snowflake, 100),
  mention_everyone: flag,
  replied_to_user_id: several(snowflake, 100),
  replied_to_message_id: several(snowflake, 100),
  pinned: flag,
  has: several(kinds(CONTENTS), 18),
  attachment_filename: several(z.string().max(1_024), 100),
  attachment_extension: several(z.string().max(256), 100),
  sort_by: z.enum(['timestamp', 'relevance']).default('timestamp'),
  sort_order: z.enum(['asc', 'desc']).default('desc'),
  include_nsfw: flag,
});

/** What needs an index of words, or of embeds that Discord makes from links. */
const UNSERVED = ['slop', 'embed_type', 'embed_provider', 'link_hostname'];

export function messageSearchRoutes(app: FastifyInstance, { world }: SimulatorContext): void {
  app.get('/guilds/:guildId/messages/search', (request) => {
    const guild = requireGuild(world, request);
    const { userId, application } = requireBot(request);
    // Whoever may not read content may not search it.
    if (!application.privilegedIntents.messageContent) throw missingAccess();
    const query = parseForm(searchQuery, request.query);
    refuseUnserved(query, UNSERVED);
    const readable = readableChannels(world, guild, userId).filter(
      ({ id, isNsfw }) => (query.channel_id?.includes(id) ?? true) && (query.include_nsfw === true || !isNsfw),
    );
    const found = readable
      .flatMap(({ id }) => world.history(id).all())
      .filter((message) => fitsSearch(world, message, query))
      .sort((left, right) => compareSnowflakes(left.id, right.id) * (query.sort_order === 'asc' ? 1 : -1));
    const page = found.slice(query.offset, query.offset + query.limit);
    const threads = readable.filter(isThread).filter(({ id }) => page.some((message) => message.channelId === id));
    return {
      messages: page.map((message) => [
        { ...renderMessage(world, { ...message, reactions: [] }, { viewerId: userId }), hit: true },
      ]),
      doing_deep_historical_index: false,
      total_results: found.length,
      threads: threads.map(renderThread),
      members: threads.flatMap((thread) => renderThreadMember(thread, userId) ?? []),
    };
  });
}

function readableChannels(world: World, guild: Guild, userId: string): ChannelRecord[] {
  const needed = Permission.ViewChannel | Permission.ReadMessageHistory;
  const channels = [...guild.channels.values(), ...guild.threads.values()];
  const readable = channels.filter((channel) => (channelPermissions(world, channel, userId) & needed) === needed);
  if (readable.length === 0) throw missingAccess();
  return readable;
}
