import { ChannelType, PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { createMessage, deleteMessages, editMessage, startTyping } from '../actions/messages.js';
import type { SimulatorContext } from '../context.js';
import type { ChannelRecord, MessageRecord } from '../state/model.js';
import { channelPermissions } from '../state/permissions.js';
import { timestampOf } from '../state/snowflake.js';
import type { World } from '../state/world.js';
import { renderMessage } from '../views/messages.js';
import { actorOf, requireBot, requireChannel, requireMessage } from './access.js';
import { formError, missingPermissions, parseForm, refused } from './errors.js';
import { bulkDeleteBody, historyQuery, messageCreateBody, messageEditBody } from './schemas.js';

/** Channel types that hold messages in this Discord. */
const TEXT_CHANNELS: readonly number[] = [
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
  ChannelType.GuildVoice,
  ChannelType.DM,
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
  ChannelType.AnnouncementThread,
];
/** How long `enforce_nonce` recognises a message again ("the past few minutes"). */
const NONCE_WINDOW_MS = 300_000;
const BULK_DELETE_AGE_MS = 14 * 86_400_000;

/** @see https://docs.discord.com/developers/resources/message */
export function messageRoutes(app: FastifyInstance, { world }: SimulatorContext): void {
  app.get('/channels/:channelId/messages', (request) => {
    const channel = requireTextChannel(world, request, 0n);
    const { userId } = requireBot(request);
    const query = parseForm(historyQuery, request.query);
    // Without the history permission Discord answers an empty list, not an error.
    if (!(channelPermissions(world, channel, userId) & Permission.ReadMessageHistory)) return [];
    return world
      .history(channel.id)
      .page(query)
      .map((message) => renderMessage(world, message, { viewerId: userId }));
  });

  // Only digits are ids: `pins` in their place is another operation, which is not served.
  app.get('/channels/:channelId/messages/:messageId(^\\d+$)', (request) => {
    const channel = requireTextChannel(world, request, Permission.ReadMessageHistory);
    return renderMessage(world, requireMessage(world, request, channel), { viewerId: requireBot(request).userId });
  });

  app.post('/channels/:channelId/messages', (request) => {
    const channel = requireTextChannel(world, request, Permission.SendMessages);
    const { userId } = requireBot(request);
    const body = parseForm(messageCreateBody, request.body);
    requireSubstance(body);
    requireUnlocked(world, request, channel);
    const earlier = body.enforce_nonce ? findByNonce(world, channel, { userId, nonce: body.nonce }) : undefined;
    const message = earlier ?? createMessage(world, channel, { authorId: userId, ...draftFrom(world, channel, body) });
    return renderMessage(world, message, { viewerId: userId });
  });

  app.patch('/channels/:channelId/messages/:messageId', (request) => {
    const channel = requireTextChannel(world, request, 0n);
    const { userId } = requireBot(request);
    const message = requireMessage(world, request, channel);
    if (message.authorId !== userId) throw refused.editOfForeignMessage();
    editMessage(world, message, changesFrom(parseForm(messageEditBody, request.body)));
    return renderMessage(world, message, { viewerId: userId });
  });

  app.delete('/channels/:channelId/messages/:messageId', (request, reply) => {
    const channel = requireTextChannel(world, request, 0n);
    const message = requireMessage(world, request, channel);
    const { userId } = requireBot(request);
    const mayManage =
      channel.guildId !== null && channelPermissions(world, channel, userId) & Permission.ManageMessages;
    if (message.authorId !== userId && !mayManage) throw missingPermissions();
    deleteMessages(world, channel, [message.id], actorOf(request));
    return reply.code(204).send();
  });

  app.post('/channels/:channelId/messages/bulk-delete', (request, reply) => {
    const channel = requireTextChannel(world, request, Permission.ManageMessages);
    const { messages } = parseForm(bulkDeleteBody, request.body);
    if (messages.length < 2 || messages.length > 100) throw refused.bulkDeleteCount();
    if (messages.some((id) => timestampOf(id) < world.clock.now() - BULK_DELETE_AGE_MS)) throw refused.oldBulkDelete();
    deleteMessages(world, channel, messages, actorOf(request));
    return reply.code(204).send();
  });

  app.post('/channels/:channelId/typing', (request, reply) => {
    const channel = requireTextChannel(world, request, Permission.SendMessages);
    startTyping(world, channel, requireBot(request).userId);
    return reply.code(204).send();
  });
}

function requireTextChannel(world: World, request: FastifyRequest, permissions: bigint): ChannelRecord {
  const channel = requireChannel(world, request, permissions);
  if (!TEXT_CHANNELS.includes(channel.type)) throw refused.channelType();
  return channel;
}

/** A locked thread that is archived stays so, but for those who manage threads. */
function requireUnlocked(world: World, request: FastifyRequest, channel: ChannelRecord): void {
  if (!channel.thread?.isLocked || !channel.thread.isArchived) return;
  const held = channelPermissions(world, channel, requireBot(request).userId);
  if (!(held & Permission.ManageThreads)) throw refused.lockedThread();
}

/** @throws DiscordError 50006 for a message that says nothing */
export function requireSubstance(body: { content?: unknown; embeds?: unknown; components?: unknown }): void {
  const isEmpty = (part: unknown) =>
    part === undefined || part === null || part === '' || (Array.isArray(part) && part.length === 0);
  if (isEmpty(body.content) && isEmpty(body.embeds) && isEmpty(body.components)) throw refused.emptyMessage();
}

/** Translates a validated body into what the world stores. */
export function draftFrom(world: World, channel: ChannelRecord, body: z.infer<typeof messageCreateBody>) {
  const reference = body.message_reference;
  const original = reference ? world.history(channel.id).get(reference.message_id) : undefined;
  if (reference && !original && reference.fail_if_not_exists !== false) {
    throw formError(['message_reference'], 'REPLIES_UNKNOWN_MESSAGE', 'Unknown message');
  }
  return { ...changesFrom(body), nonce: body.nonce, isTts: body.tts, replyToId: original?.id };
}

/** `null` clears a part, an absent one stays as it is. */
export function changesFrom(body: z.infer<typeof messageEditBody>) {
  return {
    content: body.content === null ? '' : body.content,
    embeds: body.embeds === null ? [] : body.embeds?.map((embed) => ({ type: 'rich', ...embed })),
    components: body.components === null ? [] : numberComponents(body.components),
    flags: body.flags ?? undefined,
  };
}

/** Discord numbers every component that comes without an `id`. @see https://docs.discord.com/developers/components/reference */
function numberComponents(rows: z.infer<typeof messageEditBody>['components']) {
  let next = 1;
  return rows?.map((row) => ({
    id: next++,
    ...row,
    components: row.components.map((component) => ({ id: next++, ...component })),
  }));
}

interface NonceQuery {
  userId: string;
  nonce: string | number | null | undefined;
}

function findByNonce(world: World, channel: ChannelRecord, { userId, nonce }: NonceQuery): MessageRecord | undefined {
  if (nonce === null || nonce === undefined) return undefined;
  return world
    .history(channel.id)
    .page({ limit: 100 })
    .find(
      (it) => it.nonce === nonce && it.authorId === userId && timestampOf(it.id) > world.clock.now() - NONCE_WINDOW_MS,
    );
}
