import { MessageFlags } from 'discord-api-types/v10';
import type { MessageRecord, MessageReferenceRecord, MessageSnapshotRecord, ReactionRecord } from '../state/model.js';
import type { World } from '../state/world.js';
import { renderAttachments, renderEmbeds } from './attachments.js';
import { renderPoll } from './polls.js';
import { renderComponents } from './components.js';
import { renderInteractionOrigin } from './interaction-origin.js';
import { isThread, renderThread } from './threads.js';
import { renderPartialMember, renderUser, userOf } from './users.js';
import { renderAuthor } from './webhooks.js';

const HAS_THREAD = MessageFlags.HasThread;

export interface MessageView {
  /** Whose eyes: decides `me` on reactions. */
  viewerId?: string;
  /** Dispatches also carry the guild and the member; answers over REST do not. */
  isDispatch?: boolean;
}

/** @see https://docs.discord.com/developers/resources/message#message-object */
export function renderMessage(world: World, message: MessageRecord, view: MessageView = {}): Record<string, unknown> {
  // An application answers interactions as a webhook with its own id.
  const webhookId = message.webhook?.id ?? (message.interaction ? message.applicationId : null);
  return {
    id: message.id,
    channel_id: message.channelId,
    type: message.type,
    content: message.content,
    author: renderAuthor(world, message),
    timestamp: message.createdAt,
    edited_timestamp: message.editedAt,
    tts: message.isTts,
    mention_everyone: message.mentionsEveryone,
    mentions: message.mentionIds.map((id) => renderMention(world, message, id, view)),
    mention_roles: message.mentionRoleIds,
    attachments: renderAttachments(world, message),
    embeds: renderEmbeds(world, message),
    components: renderComponents(world, message),
    pinned: message.isPinned,
    flags: message.flags,
    ...(message.nonce === null ? {} : { nonce: message.nonce }),
    ...(message.reactions.length > 0 ? { reactions: renderReactions(message.reactions, view.viewerId) } : {}),
    ...(message.applicationId ? { application_id: message.applicationId } : {}),
    ...(webhookId ? { webhook_id: webhookId } : {}),
    ...(message.interaction ? renderInteractionOrigin(world, message.interaction) : {}),
    ...(message.replyTo ? renderReply(world, message, view) : {}),
    ...(message.reference ? { message_reference: renderReference(message.reference) } : {}),
    ...(message.snapshot ? { message_snapshots: [{ message: renderSnapshot(world, message.snapshot) }] } : {}),
    ...(message.stickers ? { sticker_items: message.stickers.map(renderStickerItem) } : {}),
    ...(message.poll ? { poll: renderPoll(message.poll, view.viewerId) } : {}),
    ...(message.flags & HAS_THREAD ? renderStartedThread(world, message) : {}),
    ...(view.isDispatch ? renderWhereabouts(world, message) : {}),
  };
}

/** A thread has the id of the message it was started from. */
function renderStartedThread(world: World, message: MessageRecord): object {
  const thread = world.channel(message.id);
  return thread && isThread(thread) ? { thread: renderThread(thread) } : {};
}

function renderWhereabouts(world: World, message: MessageRecord): object {
  if (!message.guildId) return { channel_type: 1 };
  const member = world.member(message.guildId, message.authorId);
  return { guild_id: message.guildId, channel_type: 0, ...(member ? { member: renderPartialMember(member) } : {}) };
}

function renderMention(world: World, message: MessageRecord, userId: string, view: MessageView): object {
  const user = renderUser(userOf(world, userId));
  const member = view.isDispatch && message.guildId ? world.member(message.guildId, userId) : undefined;
  return member ? { ...user, member: renderPartialMember(member) } : user;
}

function renderReply(world: World, message: MessageRecord, view: MessageView): object {
  if (!message.replyTo) return {};
  const { messageId, channelId } = message.replyTo;
  const original = world.history(channelId).get(messageId);
  return {
    message_reference: {
      type: 0,
      message_id: messageId,
      channel_id: channelId,
      ...(message.guildId ? { guild_id: message.guildId } : {}),
    },
    // A reply to a reply shows one level only.
    referenced_message: original ? renderMessage(world, { ...original, replyTo: null }, view) : null,
  };
}

function renderReference({ type, channelId, guildId, messageId }: MessageReferenceRecord): object {
  return {
    type,
    channel_id: channelId,
    ...(messageId ? { message_id: messageId } : {}),
    ...(guildId ? { guild_id: guildId } : {}),
  };
}

/** @see https://docs.discord.com/developers/resources/message#message-snapshot-object */
function renderSnapshot(world: World, snapshot: MessageSnapshotRecord): object {
  return {
    type: snapshot.type,
    content: snapshot.content,
    timestamp: snapshot.createdAt,
    edited_timestamp: snapshot.editedAt,
    flags: snapshot.flags,
    mentions: snapshot.mentionIds.map((id) => renderUser(userOf(world, id))),
    mention_roles: snapshot.mentionRoleIds,
    attachments: renderAttachments(world, snapshot),
    embeds: renderEmbeds(world, snapshot),
    components: snapshot.components,
    ...(snapshot.stickers ? { sticker_items: snapshot.stickers.map(renderStickerItem) } : {}),
  };
}

function renderStickerItem({ id, name, formatType }: NonNullable<MessageRecord['stickers']>[number]): object {
  return { id, name, format_type: formatType };
}

function renderReactions(reactions: readonly ReactionRecord[], viewerId: string | undefined): object[] {
  return reactions.map(({ emoji, userIds }) => ({
    emoji,
    count: userIds.length,
    count_details: { normal: userIds.length, burst: 0 },
    burst_colors: [],
    me: viewerId !== undefined && userIds.includes(viewerId),
    me_burst: false,
  }));
}

/** What a session without the message content intent receives. @see https://docs.discord.com/developers/events/gateway#message-content-intent */
export function withholdContent(message: Record<string, unknown>): Record<string, unknown> {
  if ('matched_content' in message) return { ...message, content: '', matched_content: '' };
  const { poll: _poll, message_snapshots: _snapshots, ...rest } = message;
  return { ...rest, content: '', embeds: [], attachments: [], components: [] };
}
