import {
  MessageFlags,
  MessageReferenceType,
  MessageType,
  PermissionFlagsBits as Permission,
} from 'discord-api-types/v10';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { MessageDraft } from '../actions/messages.js';
import type { ChannelRecord, MessageRecord, MessageSnapshotRecord } from '../state/model.js';
import { channelPermissions } from '../state/permissions.js';
import type { World } from '../state/world.js';
import { requireBot } from './access.js';
import { formError, missingAccess, refused, unknown } from './errors.js';
import type { messageCreateBody } from './schemas.js';

type Body = z.infer<typeof messageCreateBody>;
type Reference = NonNullable<Body['message_reference']>;

/** Messages of people and bots, as against those that Discord itself writes. */
const SPOKEN_TYPES: readonly number[] = [
  MessageType.Default,
  MessageType.Reply,
  MessageType.ChatInputCommand,
  MessageType.ContextMenuCommand,
];

export function isSystemMessage({ type }: Pick<MessageRecord, 'type'>): boolean {
  return !SPOKEN_TYPES.includes(type);
}

/** Whether the body forwards a message: then it says nothing itself. */
export function isForward({ message_reference: reference }: Pick<Body, 'message_reference'>): boolean {
  return reference?.type === MessageReferenceType.Forward;
}

/**
 * What a message refers to: the one it replies to, or a snapshot of the one it forwards.
 * @throws DiscordError for a message that is not there or cannot be referred to
 * @see https://docs.discord.com/developers/resources/message#message-reference-object
 */
export function referenceFrom(
  world: World,
  request: FastifyRequest,
  channel: ChannelRecord,
  body: Body,
): Pick<MessageDraft, 'replyToId' | 'reference' | 'snapshot' | 'flags'> {
  const { message_reference: reference } = body;
  if (!reference) return {};
  if (isForward(body)) return forwardFrom(world, request, channel, body);
  const held = channelPermissions(world, channel, requireBot(request).userId);
  if (!(held & Permission.ReadMessageHistory)) throw refused.replyWithoutHistory();
  const original = world.history(reference.channel_id ?? channel.id).get(reference.message_id);
  if (!original || original.channelId !== channel.id) {
    if (reference.fail_if_not_exists !== false) throw unknownReference();
    return {};
  }
  if (isSystemMessage(original)) {
    const code = 'REPLIES_CANNOT_REPLY_TO_SYSTEM_MESSAGE';
    throw formError(['message_reference'], code, 'Cannot reply to a system message');
  }
  return { replyToId: original.id };
}

function unknownReference() {
  return formError(['message_reference'], 'MESSAGE_REFERENCE_UNKNOWN_MESSAGE', 'Unknown message');
}

function forwardFrom(world: World, request: FastifyRequest, target: ChannelRecord, body: Body) {
  const reference = body.message_reference as Reference;
  requireNothingElse(body, request);
  if (!reference.channel_id)
    throw formError(['message_reference', 'channel_id'], 'BASE_TYPE_REQUIRED', 'This field is required');
  const source = world.channel(reference.channel_id);
  if (!source) throw unknown.channel();
  const { userId, application } = requireBot(request);
  const held = channelPermissions(world, source, userId);
  if (!(held & Permission.ViewChannel)) throw missingAccess();
  if (!(held & Permission.ReadMessageHistory)) throw refused.referenceWithoutHistory();
  const original = world.history(source.id).get(reference.message_id);
  if (!original) throw unknownReference();
  if (isSystemMessage(original)) throw refused.systemMessage();
  if (original.poll) throw refused.messageType();
  const isReadable = !source.guildId || [original.authorId, ...original.mentionIds].includes(userId);
  if (!isReadable && !application.privilegedIntents.messageContent) throw refused.forwardOfUnreadable();
  if (source.isNsfw && !target.isNsfw) throw refused.nsfwReference();
  return {
    reference: {
      type: MessageReferenceType.Forward,
      channelId: source.id,
      guildId: source.guildId,
      messageId: original.id,
    },
    // A forward of a forward shows what the first one showed.
    snapshot: original.snapshot ?? snapshotOf(original),
    flags: (body.flags ?? 0) | MessageFlags.HasSnapshot,
  };
}

function requireNothingElse(body: Body, request: FastifyRequest): void {
  const { content, embeds, components, sticker_ids: stickers, poll } = body;
  const parts = [content, embeds, components, stickers, request.uploads].map((part) => (part ?? '').length > 0);
  if (!parts.includes(true) && !poll) return;
  throw formError(
    ['message_reference'],
    'FORWARD_CONTAINS_UNSUPPORTED_CONTENT',
    'Forwarded messages cannot have additional content',
  );
}

function snapshotOf(message: MessageRecord): MessageSnapshotRecord {
  const { channelId, type, content, createdAt, editedAt, embeds, components } = message;
  const { mentionIds, mentionRoleIds, flags, attachments, stickers } = message;
  const said = { channelId, type, content, createdAt, editedAt, embeds, components };
  return {
    ...said,
    mentionIds,
    mentionRoleIds,
    flags: flags & ~MessageFlags.HasThread,
    attachments,
    ...(stickers ? { stickers } : {}),
  };
}
