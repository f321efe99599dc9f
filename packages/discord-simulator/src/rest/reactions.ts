import { PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import type { FastifyInstance } from 'fastify';
import { addReaction, findReaction, removeReaction } from '../actions/messages.js';
import type { SimulatorContext } from '../context.js';
import type { ReactionRecord } from '../state/model.js';
import { renderUser, userOf } from '../views/users.js';
import { requireBot, requireChannel, requireMessage } from './access.js';
import { refused, unknown } from './errors.js';

const MAX_REACTIONS = 20;
const PATH = '/channels/:channelId/messages/:messageId/reactions/:emoji';

/** @see https://docs.discord.com/developers/resources/message#create-reaction */
export function reactionRoutes(app: FastifyInstance, { world }: SimulatorContext): void {
  const emojiOf = (params: unknown) => parseEmoji((params as { emoji: string }).emoji);

  app.get(PATH, (request) => {
    const channel = requireChannel(world, request, Permission.ReadMessageHistory);
    const reaction = findReaction(requireMessage(world, request, channel), emojiOf(request.params));
    return (reaction?.userIds ?? []).map((id) => renderUser(userOf(world, id)));
  });

  app.put(`${PATH}/@me`, (request, reply) => {
    const channel = requireChannel(world, request, Permission.ReadMessageHistory);
    const message = requireMessage(world, request, channel);
    const emoji = emojiOf(request.params);
    const isNew = findReaction(message, emoji) === undefined;
    if (isNew) requireChannel(world, request, Permission.AddReactions);
    if (isNew && message.reactions.length >= MAX_REACTIONS) throw refused.tooManyReactions();
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
}

/** Reads `👍` or `name:id`. @throws DiscordError 10014 for plain text */
export function parseEmoji(text: string): ReactionRecord['emoji'] {
  const custom = /^(\w{2,32}):(\d{1,20})$/.exec(text);
  if (custom) return { id: custom[2] ?? null, name: custom[1] ?? text };
  if (!/\p{Emoji}/u.test(text) || /^\w+$/.test(text)) throw unknown.emoji();
  return { id: null, name: text };
}
