import { PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import {
  addReaction,
  findReaction,
  removeAllReactions,
  removeEmojiReactions,
  removeReaction,
} from '../actions/reactions.js';
import type { SimulatorContext } from '../context.js';
import { type MessageRecord, type ReactionRecord, snowflake } from '../state/model.js';
import { compareSnowflakes } from '../state/snowflake.js';
import type { World } from '../state/world.js';
import { renderUser, userOf } from '../views/users.js';
import { requireBot, requireChannel, requireMessage } from './access.js';
import { parseForm, refused, unknown } from './errors.js';

const MAX_REACTIONS = 20;
/** Pictures, flags and keycaps. */
const PICTURE = /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u;
const MESSAGE = '/channels/:channelId/messages/:messageId';
const PATH = `${MESSAGE}/reactions/:emoji`;

const voterQuery = z.looseObject({
  after: snowflake.default('0'),
  limit: z.coerce.number().int().min(1).max(100).default(25),
  type: z.coerce.number().int().min(0).max(1).default(0),
});

/** @see https://docs.discord.com/developers/resources/message#create-reaction */
export function reactionRoutes(app: FastifyInstance, { world }: SimulatorContext): void {
  const emojiOf = (params: unknown) => parseEmoji(world, (params as { emoji: string }).emoji);

  app.get(PATH, (request) => {
    const channel = requireChannel(world, request, Permission.ReadMessageHistory);
    const reaction = findReaction(requireMessage(world, request, channel), emojiOf(request.params));
    const { after, limit, type } = parseForm(voterQuery, request.query);
    // Nobody here pays for burst reactions.
    const userIds = type === 1 ? [] : (reaction?.userIds ?? []);
    return usersAfter(world, userIds, { after, limit });
  });

  app.put(`${PATH}/@me`, (request, reply) => {
    const channel = requireChannel(world, request, Permission.ReadMessageHistory);
    const message = requireMessage(world, request, channel);
    const emoji = emojiOf(request.params);
    const isNew = findReaction(message, emoji) === undefined;
    if (isNew) requireChannel(world, request, Permission.AddReactions);
    requireReactable(message, emoji);
    addReaction(world, message, requireBot(request).userId, emoji);
    return reply.code(204).send();
  });

  app.delete(`${PATH}/:userId`, (request, reply) => {
    const { userId } = request.params as { userId: string };
    const isOwn = userId === '@me' || userId === requireBot(request).userId;
    const channel = requireChannel(world, request, isOwn ? 0n : Permission.ManageMessages);
    const message = requireMessage(world, request, channel);
    removeReaction(world, message, isOwn ? requireBot(request).userId : userId, emojiOf(request.params));
    return reply.code(204).send();
  });

  app.delete(`${MESSAGE}/reactions`, (request, reply) => {
    const channel = requireChannel(world, request, Permission.ManageMessages);
    removeAllReactions(world, requireMessage(world, request, channel));
    return reply.code(204).send();
  });

  app.delete(PATH, (request, reply) => {
    const channel = requireChannel(world, request, Permission.ManageMessages);
    const message = requireMessage(world, request, channel);
    const reaction = findReaction(message, emojiOf(request.params));
    if (reaction) removeEmojiReactions(world, message, reaction);
    return reply.code(204).send();
  });
}

/** A page of users in the order of their ids. */
export function usersAfter(
  world: World,
  userIds: readonly string[],
  { after, limit }: { after: string; limit: number },
): object[] {
  return userIds
    .filter((id) => compareSnowflakes(id, after) > 0)
    .sort(compareSnowflakes)
    .slice(0, limit)
    .map((id) => renderUser(userOf(world, id)));
}

/** @throws DiscordError 30010 for a twenty-first emoji, 520004 for one that stands for an answer of the message's poll */
export function requireReactable(message: MessageRecord, emoji: ReactionRecord['emoji']): void {
  if (findReaction(message, emoji)) return;
  if (message.reactions.length >= MAX_REACTIONS) throw refused.tooManyReactions();
  const isOfPoll = message.poll?.answers.some((answer) => answer.emoji && isSame(answer.emoji, emoji));
  if (isOfPoll) throw refused.pollEmoji();
}

function isSame(left: ReactionRecord['emoji'], right: ReactionRecord['emoji']): boolean {
  return left.id === right.id && (left.id !== null || left.name === right.name);
}

/** Reads `👍` or `name:id`. @throws DiscordError 10014 for plain text, and for an emoji that no guild has */
export function parseEmoji(world: World, text: string): ReactionRecord['emoji'] {
  const custom = /^(?:a:)?\w{1,32}:(\d{1,20})$/.exec(text);
  if (custom) return customEmoji(world, custom[1] ?? '');
  if (!PICTURE.test(text) || /[A-Za-z:]/.test(text)) throw unknown.emoji();
  return { id: null, name: text };
}

function customEmoji(world: World, wanted: string): ReactionRecord['emoji'] {
  const ofGuilds = [...world.guilds.values()].map((guild) => guild.emojis);
  for (const emojis of [...ofGuilds, ...world.applicationEmojis.values()]) {
    const emoji = emojis.find(({ id }) => id === wanted);
    if (emoji) return { id: emoji.id, name: emoji.name, ...(emoji.isAnimated ? { animated: true } : {}) };
  }
  throw unknown.emoji();
}
