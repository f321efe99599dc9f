import { PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { pinMessage, pinsOf, unpinMessage } from '../actions/pins.js';
import type { SimulatorContext } from '../context.js';
import { channelPermissions } from '../state/permissions.js';
import { renderMessage } from '../views/messages.js';
import { actorOf, requireBot, requireChannel, requireMessage } from './access.js';
import { parseForm, refused } from './errors.js';
import { isSystemMessage } from './message-reference.js';

/** Pins per channel. @see https://docs.discord.com/developers/topics/opcodes-and-status-codes#json */
const MAX_PINS = 250;
/** What the deprecated operation tells of. */
const FIRST_PINS = 50;

const pinQuery = z.looseObject({
  before: z.iso.datetime({ offset: true }).optional(),
  limit: z.coerce.number().int().min(1).max(50).default(50),
});

/** The present operations and the deprecated ones. @see https://docs.discord.com/developers/resources/message#get-channel-pins */
export function pinRoutes(app: FastifyInstance, { world }: SimulatorContext): void {
  app.get('/channels/:channelId/messages/pins', (request) => {
    const { before, limit } = parseForm(pinQuery, request.query);
    const pins = visiblePins(request).filter(
      ({ pinnedAt }) => before === undefined || Date.parse(pinnedAt) < Date.parse(before),
    );
    const items = pins.slice(0, limit).map((message) => ({
      pinned_at: message.pinnedAt,
      message: renderMessage(world, message, { viewerId: requireBot(request).userId }),
    }));
    return { items, has_more: pins.length > limit };
  });

  app.get('/channels/:channelId/pins', (request) =>
    visiblePins(request)
      .slice(0, FIRST_PINS)
      .map((message) => renderMessage(world, message, { viewerId: requireBot(request).userId })),
  );

  for (const path of ['/channels/:channelId/messages/pins/:messageId', '/channels/:channelId/pins/:messageId']) {
    app.put(path, pin);
    app.delete(path, unpin);
  }

  /** Without the history permission there are none. */
  function visiblePins(request: FastifyRequest): ReturnType<typeof pinsOf> {
    const channel = requireChannel(world, request);
    const held = channelPermissions(world, channel, requireBot(request).userId);
    return held & Permission.ReadMessageHistory ? pinsOf(world, channel) : [];
  }

  function pin(request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const channel = requireChannel(world, request, Permission.PinMessages);
    const message = requireMessage(world, request, channel);
    if (isSystemMessage(message)) throw refused.systemMessage();
    if (!message.isPinned && pinsOf(world, channel).length >= MAX_PINS) throw refused.tooManyPins();
    pinMessage(world, channel, message, actorOf(request));
    return reply.code(204).send();
  }

  function unpin(request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const channel = requireChannel(world, request, Permission.PinMessages);
    unpinMessage(world, channel, requireMessage(world, request, channel), actorOf(request));
    return reply.code(204).send();
  }
}
