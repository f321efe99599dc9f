import { ChannelType, MessageFlags, MessageType, PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { createMessage, deleteMessages, editMessage, type MessageChanges, startTyping } from '../actions/messages.js';
import type { SimulatorContext } from '../context.js';
import type { ChannelRecord, MessageRecord } from '../state/model.js';
import { channelPermissions } from '../state/permissions.js';
import { timestampOf } from '../state/snowflake.js';
import type { World } from '../state/world.js';
import { renderMessage } from '../views/messages.js';
import { actorOf, requireBot, requireChannel, requireMessage } from './access.js';
import { missingPermissions, parseForm, refused } from './errors.js';
import { changesFrom, draftFrom, requireSettableFlags, requireSubstance } from './message-form.js';
import { isForward, isSystemMessage, referenceFrom } from './message-reference.js';
import { bulkDeleteBody, historyQuery, messageCreateBody, messageEditBody } from './schemas.js';
import { receiveAttachments, type Upload } from './uploads.js';
import { requireVoiceMessage } from './voice-messages.js';

/** Channel types that hold messages in this Discord. */
const TEXT_CHANNELS: readonly number[] = [
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
  ChannelType.GuildVoice,
  ChannelType.GuildStageVoice,
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
    if (!isForward(body)) requireSubstance(body, request.uploads);
    requireSettableFlags(body);
    requireVoiceMessage(body, request.uploads, channelPermissions(world, channel, userId));
    requireChannel(world, request, permissionsFor(body, request.uploads));
    requireUnlocked(world, request, channel);
    const earlier = body.enforce_nonce ? findByNonce(world, channel, { userId, nonce: body.nonce }) : undefined;
    const message =
      earlier ?? createMessage(world, channel, { authorId: userId, ...wholeDraft(request, channel, body) });
    return renderMessage(world, message, { viewerId: userId });
  });

  /** The files come last: they are stored when nothing can refuse the message any more. */
  function wholeDraft(request: FastifyRequest, channel: ChannelRecord, body: z.infer<typeof messageCreateBody>) {
    const draft = { ...draftFrom(world, channel, body), ...referenceFrom(world, request, channel, body) };
    const { uploads } = request;
    return { ...draft, attachments: receiveAttachments(world, channel, { uploads, declared: body.attachments }) };
  }

  app.patch('/channels/:channelId/messages/:messageId', (request) => {
    const channel = requireTextChannel(world, request, 0n);
    const { userId } = requireBot(request);
    const message = requireMessage(world, request, channel);
    const body = parseForm(messageEditBody, request.body);
    if (message.authorId !== userId) requireFlagsAlone(world, request, body);
    requireEditable(message, body);
    const changes = changesFrom(body, message);
    requireRemains(message, changes, { body, uploads: request.uploads });
    const attachments = editedAttachments(request, channel, message, body);
    if (message.authorId === userId) editMessage(world, message, { ...changes, ...attachments });
    else editMessage(world, message, { flags: changes.flags });
    return renderMessage(world, message, { viewerId: userId });
  });

  function editedAttachments(
    { uploads }: FastifyRequest,
    channel: ChannelRecord,
    message: MessageRecord,
    { attachments: declared }: z.infer<typeof messageEditBody>,
  ) {
    if (declared === undefined && uploads.length === 0) return {};
    const present = message.attachments;
    return { attachments: receiveAttachments(world, channel, { uploads, declared, present }) };
  }

  app.delete('/channels/:channelId/messages/:messageId', (request, reply) => {
    const channel = requireTextChannel(world, request, 0n);
    const message = requireMessage(world, request, channel);
    if (message.type === MessageType.ThreadStarterMessage) throw refused.systemMessage();
    const { userId } = requireBot(request);
    const mayManage =
      channel.guildId !== null && channelPermissions(world, channel, userId) & Permission.ManageMessages;
    if (message.authorId !== userId && !mayManage) throw missingPermissions();
    deleteMessages(world, channel, [message.id], actorOf(request));
    return reply.code(204).send();
  });

  app.post('/channels/:channelId/messages/bulk-delete', (request, reply) => {
    const channel = requireTextChannel(world, request, Permission.ManageMessages);
    if (!channel.guildId) throw refused.directChannel();
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
  if (channel.forum) throw refused.forumMessage();
  if (!TEXT_CHANNELS.includes(channel.type)) throw refused.channelType();
  return channel;
}

/** A locked thread that is archived stays so, but for those who manage threads. */
function requireUnlocked(world: World, request: FastifyRequest, channel: ChannelRecord): void {
  if (!channel.thread?.isLocked || !channel.thread.isArchived) return;
  const held = channelPermissions(world, channel, requireBot(request).userId);
  if (!(held & Permission.ManageThreads)) throw refused.lockedThread();
}

type CreateBody = z.infer<typeof messageCreateBody>;

/** What a bot needs beside being allowed to write. @see https://docs.discord.com/developers/topics/permissions */
function permissionsFor(body: CreateBody, uploads: readonly Upload[]): bigint {
  return (
    (uploads.length > 0 ? Permission.AttachFiles : 0n) |
    (body.tts ? Permission.SendTTSMessages : 0n) |
    (body.poll ? Permission.SendPolls : 0n)
  );
}

/** Of a foreign message, whoever manages messages may change the flags and nothing else. */
function requireFlagsAlone(world: World, request: FastifyRequest, body: z.infer<typeof messageEditBody>): void {
  const changed = Object.entries(body).filter(([, value]) => value !== undefined);
  if (request.uploads.length > 0 || changed.length === 0 || changed.some(([field]) => field !== 'flags'))
    throw refused.editOfForeignMessage();
  requireChannel(world, request, Permission.ManageMessages);
}

function requireEditable(message: MessageRecord, { content, embeds }: z.infer<typeof messageEditBody>): void {
  if (isSystemMessage(message)) throw refused.systemMessage();
  if (message.flags & MessageFlags.IsVoiceMessage) throw refused.voiceMessageEdit();
  if (message.poll && (content || embeds?.length)) throw refused.pollEdit();
}

/** @throws DiscordError 50006 for an edit that leaves nothing of the message */
function requireRemains(
  message: MessageRecord,
  changes: MessageChanges,
  { body, uploads }: { body: z.infer<typeof messageEditBody>; uploads: readonly Upload[] },
): void {
  if (message.poll || message.snapshot || message.stickers) return;
  const files = body.attachments === undefined ? message.attachments : (body.attachments ?? []);
  requireSubstance(
    {
      content: changes.content ?? message.content,
      embeds: changes.embeds ?? message.embeds,
      components: (changes.components ?? message.components) as CreateBody['components'],
    },
    [...files, ...uploads],
  );
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
