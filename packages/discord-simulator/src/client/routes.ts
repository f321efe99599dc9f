import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import { PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import {
  addReaction,
  deleteMessages,
  editMessage,
  findReaction,
  removeReaction,
  startTyping,
} from '../actions/messages.js';
import { MessageBlocked, say } from '../actions/speech.js';
import type { SimulatorContext } from '../context.js';
import { availableCommands, ImpossibleAction, runCommand, submitModal, useComponent } from '../interactions/person.js';
import { requireLoopback } from '../loopback.js';
import { parseEmoji } from '../rest/reactions.js';
import { DiscordError, refused } from '../rest/errors.js';
import { messageLimits } from '../rest/schemas.js';
import type { ChannelRecord, MessageRecord, UserRecord } from '../state/model.js';
import { snowflake } from '../state/model.js';
import { channelPermissions } from '../state/permissions.js';
import type { World } from '../state/world.js';
import { renderCommand } from '../views/guilds.js';
import { streamTo } from './live.js';
import { renderConversation, renderPeople, renderWorldFor } from './views.js';

const ASSETS = join(fileURLToPath(new URL('../../client', import.meta.url)));
const PAGE_SIZE = 50;
/** Nothing but this server's own files runs or loads in the page, and no other page may frame it. */
const CONTENT_SECURITY_POLICY = "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

const inChannel = z.object({ as: snowflake, channelId: snowflake });
const optionValue = z.union([z.string(), z.number(), z.boolean()]);

const bodies = {
  message: inChannel.extend({
    content: z.string().trim().min(1).max(messageLimits.contentLength),
    replyToId: snowflake.optional(),
  }),
  edit: inChannel.extend({ messageId: snowflake, content: z.string().trim().min(1).max(messageLimits.contentLength) }),
  deletion: inChannel.extend({ messageId: snowflake }),
  reaction: inChannel.extend({ messageId: snowflake, emoji: z.string(), isOn: z.boolean() }),
  command: inChannel.extend({
    name: z.string(),
    options: z.record(z.string(), optionValue).default({}),
    focused: z.string().optional(),
  }),
  component: inChannel.extend({ messageId: snowflake, customId: z.string(), values: z.array(z.string()).optional() }),
  modal: inChannel.extend({
    customId: z.string(),
    fields: z.record(z.string(), z.string()),
    messageId: snowflake.optional(),
  }),
};

const pageQuery = inChannel.extend({ before: snowflake.optional() });

/** The web client at `/`: its files, and what they ask for. Everything is done as the person named by `as`. */
export async function serveClient(app: FastifyInstance, context: SimulatorContext): Promise<void> {
  await app.register(fastifyStatic, {
    root: ASSETS,
    prefix: '/',
    setHeaders: (reply) => reply.setHeader('content-security-policy', CONTENT_SECURITY_POLICY),
  });
  await app.register(
    async (scope) => {
      scope.addHook('onRequest', requireLoopback);
      scope.setErrorHandler((error, _request, reply) => {
        if (error instanceof z.ZodError) return reply.code(400).send({ error: z.prettifyError(error) });
        if (error instanceof ImpossibleAction) return reply.code(404).send({ error: error.message });
        if (error instanceof MessageBlocked) return reply.code(400).send({ error: error.message });
        if (error instanceof DiscordError) return reply.code(error.status).send({ error: error.message });
        throw error;
      });
      readRoutes(scope, context);
      writeRoutes(scope, context);
    },
    { prefix: '/client' },
  );
}

function readRoutes(app: FastifyInstance, context: SimulatorContext): void {
  const { world } = context;
  app.get('/people', () => renderPeople(world));

  app.get('/world', (request) => renderWorldFor(world, personOf(world, request.query).id));

  app.get('/messages', (request) => {
    const { before } = pageQuery.parse(request.query);
    const { person, channel } = place(world, request.query, Permission.ReadMessageHistory);
    return renderConversation(world, world.history(channel.id).page({ before, limit: PAGE_SIZE }), person.id);
  });

  app.get('/commands', (request) => {
    const { person, channel } = place(world, request.query);
    return availableCommands(world, person.id, channel.id).map(renderCommand);
  });

  app.get('/live', (request, reply) =>
    streamTo(context, { request, reply, userId: personOf(world, request.query).id }),
  );
}

function writeRoutes(app: FastifyInstance, { world, interactions }: SimulatorContext): void {
  app.post('/messages', (request) => {
    const { content, replyToId } = bodies.message.parse(request.body);
    const { person, channel } = place(world, request.body, Permission.SendMessages);
    return { id: say(world, channel, { authorId: person.id, content, replyToId }).id };
  });

  app.post('/edits', (request) => {
    const { messageId, content } = bodies.edit.parse(request.body);
    const { person, channel } = place(world, request.body);
    const message = messageIn(world, channel, messageId);
    if (message.authorId !== person.id) throw refused.editOfForeignMessage();
    editMessage(world, message, { content });
    return {};
  });

  app.post('/deletions', (request) => {
    const { messageId } = bodies.deletion.parse(request.body);
    const { person, channel } = place(world, request.body);
    if (messageIn(world, channel, messageId).authorId !== person.id)
      place(world, request.body, Permission.ManageMessages);
    deleteMessages(world, channel, [messageId]);
    return {};
  });

  app.post('/typing', (request) => {
    const { person, channel } = place(world, request.body, Permission.SendMessages);
    startTyping(world, channel, person.id);
    return {};
  });

  app.post('/reactions', (request) => {
    const { messageId, emoji: text, isOn } = bodies.reaction.parse(request.body);
    const { person, channel } = place(world, request.body);
    const message = messageIn(world, channel, messageId);
    const emoji = parseEmoji(text);
    if (isOn && !findReaction(message, emoji)) place(world, request.body, Permission.AddReactions);
    (isOn ? addReaction : removeReaction)(world, message, person.id, emoji);
    return {};
  });

  app.post('/commands', async (request) => {
    const { as: userId, ...use } = bodies.command.parse(request.body);
    place(world, request.body);
    const { status, modal, choices } = await runCommand(world, interactions, { userId, ...use });
    return { status, modal, choices };
  });

  app.post('/components', async (request) => {
    const { as: userId, ...use } = bodies.component.parse(request.body);
    place(world, request.body);
    const { status, modal } = await useComponent(world, interactions, { userId, ...use });
    return { status, modal };
  });

  app.post('/modals', async (request) => {
    const { as: userId, ...use } = bodies.modal.parse(request.body);
    place(world, request.body);
    const { status } = await submitModal(world, interactions, { userId, ...use });
    return { status };
  });
}

function personOf(world: World, source: FastifyRequest['query']): UserRecord {
  const person = world.users.get(z.looseObject({ as: snowflake }).parse(source).as);
  if (!person) throw new ImpossibleAction('No such person');
  return person;
}

function messageIn(world: World, channel: ChannelRecord, messageId: string): MessageRecord {
  const message = world.history(channel.id).get(messageId);
  if (!message) throw new ImpossibleAction('No such message');
  return message;
}

/** Who acts, and where: refused unless they see the channel and may do `permission` in it. */
function place(world: World, source: unknown, permission = 0n): { person: UserRecord; channel: ChannelRecord } {
  const { channelId } = z.looseObject({ channelId: snowflake }).parse(source);
  const person = personOf(world, source);
  const channel = world.channel(channelId);
  const needed = Permission.ViewChannel | permission;
  if (!channel || (channelPermissions(world, channel, person.id) & needed) !== needed) {
    throw new DiscordError(403, 50013, 'This person may not do that here');
  }
  return { person, channel };
}
