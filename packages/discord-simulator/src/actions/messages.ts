import { AuditLogEvent, MessageFlags, MessageType } from 'discord-api-types/v10';
import { intents } from '../state/dispatch.js';
import type {
  AttachmentRecord,
  ChannelRecord,
  MessageRecord,
  MessageReferenceRecord,
  PollRecord,
} from '../state/model.js';
import { snowflakeAt } from '../state/snowflake.js';
import type { World } from '../state/world.js';
import { renderMessage } from '../views/messages.js';
import { renderPartialMember, renderUser, userOf } from '../views/users.js';
import { removeFiles } from './attachments.js';
import { type Actor, writeAuditLog } from './audit-log.js';
import { type AllowedMentions, mentionsIn } from './mentions.js';
import { noteThreadDeletions, noteThreadMessage } from './threads.js';

/** What a new message says; everything but the author may be left out. */
export interface MessageDraft {
  authorId: string;
  /** The first message of a post has the id of its thread. */
  id?: string | undefined;
  content?: string | undefined;
  embeds?: Record<string, unknown>[] | undefined;
  components?: Record<string, unknown>[] | undefined;
  nonce?: string | number | null | undefined;
  isTts?: boolean | undefined;
  flags?: number | undefined;
  replyToId?: string | undefined;
  type?: number | undefined;
  applicationId?: string | undefined;
  interaction?: MessageRecord['interaction'] | undefined;
  webhook?: MessageRecord['webhook'];
  attachments?: AttachmentRecord[] | undefined;
  allowedMentions?: AllowedMentions | undefined;
  reference?: MessageReferenceRecord | undefined;
  snapshot?: MessageRecord['snapshot'];
  poll?: PollRecord | undefined;
  stickers?: MessageRecord['stickers'];
  /** Somebody whom it notifies without naming them. */
  mentionedId?: string | undefined;
  /** A moment of the past in which nothing else was written; now, if absent. */
  sentAt?: Date | undefined;
  editedAt?: string | undefined;
}

/** What a person may choose about a message beside its content. */
export type SendOptions = Pick<MessageDraft, 'replyToId' | 'sentAt'>;

/** Writes a message into a channel and tells everyone who may see it. */
export function createMessage(world: World, channel: ChannelRecord, draft: MessageDraft): MessageRecord {
  const message = buildMessage(world, channel, draft);
  noteThreadMessage(world, channel, message);
  storeMessage(world, channel, message);
  publishMessage(world, 'MESSAGE_CREATE', message);
  return message;
}

/** A message that is not stored yet: ephemeral answers stay that way. */
export function buildMessage(world: World, channel: ChannelRecord, draft: MessageDraft): MessageRecord {
  const said = {
    authorId: draft.authorId,
    content: draft.content ?? '',
    components: draft.components ?? [],
    replyTo: draft.replyToId ? { messageId: draft.replyToId, channelId: channel.id } : null,
    applicationId: draft.applicationId ?? null,
  };
  return {
    ...said,
    id: draft.id ?? (draft.sentAt ? snowflakeAt(draft.sentAt.getTime()) : world.snowflakes.next()),
    channelId: channel.id,
    guildId: channel.guildId,
    type: draft.type ?? (draft.replyToId ? MessageType.Reply : MessageType.Default),
    createdAt: draft.sentAt?.toISOString() ?? world.clock.iso(),
    editedAt: draft.editedAt ?? null,
    embeds: draft.embeds ?? [],
    ...mentionsIn(world, channel, { ...said, webhook: draft.webhook, allowed: draft.allowedMentions }),
    ...(draft.mentionedId ? { mentionIds: [draft.mentionedId] } : {}),
    isTts: draft.isTts ?? false,
    isPinned: false,
    flags: draft.flags ?? 0,
    nonce: draft.nonce ?? null,
    reactions: [],
    interaction: draft.interaction ?? null,
    attachments: draft.attachments ?? [],
    ...(draft.reference ? { reference: draft.reference } : {}),
    ...(draft.snapshot ? { snapshot: draft.snapshot } : {}),
    ...(draft.poll ? { poll: draft.poll } : {}),
    ...(draft.stickers?.length ? { stickers: draft.stickers } : {}),
    ...(draft.webhook ? { webhook: draft.webhook } : {}),
  };
}

function storeMessage(world: World, channel: ChannelRecord, message: MessageRecord): void {
  world.history(channel.id).put(message);
  channel.lastMessageId = message.id;
  world.emit('messageStored', message);
}

export interface MessageChanges {
  content?: string | undefined;
  embeds?: Record<string, unknown>[] | undefined;
  components?: Record<string, unknown>[] | undefined;
  flags?: number | undefined;
  /** All that the message has from now on: the files of others are removed. */
  attachments?: AttachmentRecord[] | undefined;
  allowedMentions?: AllowedMentions | undefined;
}

/** Applies an edit to the record in place, without telling anybody: ephemeral messages are edited by this alone. */
export function applyChanges(world: World, message: MessageRecord, changes: MessageChanges): void {
  const channel = world.channel(message.channelId);
  if (changes.content !== undefined) message.content = changes.content;
  if (changes.embeds !== undefined) message.embeds = changes.embeds;
  if (changes.components !== undefined) message.components = changes.components;
  if (changes.flags !== undefined) message.flags = changes.flags;
  if (changes.attachments !== undefined) replaceAttachments(world, message, changes.attachments);
  if (channel && (changes.content !== undefined || changes.components !== undefined)) {
    Object.assign(message, mentionsIn(world, channel, { ...message, allowed: changes.allowedMentions }));
  }
  message.editedAt = world.clock.iso();
}

function replaceAttachments(world: World, message: MessageRecord, attachments: AttachmentRecord[]): void {
  const kept = new Set(attachments.map(({ id }) => id));
  removeFiles(
    world,
    message,
    message.attachments.filter(({ id }) => !kept.has(id)),
  );
  message.attachments = attachments;
}

export function editMessage(world: World, message: MessageRecord, changes: MessageChanges): void {
  applyChanges(world, message, changes);
  announceUpdate(world, message);
}

/** Ends the "thinking…" of a deferred answer. It is an update, but Discord does not mark it as edited. */
export function fillDeferredMessage(world: World, message: MessageRecord, changes: MessageChanges): void {
  applyChanges(world, message, changes);
  message.flags &= ~MessageFlags.Loading;
  message.editedAt = null;
  announceUpdate(world, message);
}

/** A thread was started from the message: it shows it from now on. */
export function markThreadStart(world: World, message: MessageRecord): void {
  message.flags |= MessageFlags.HasThread;
  announceUpdate(world, message);
}

/** Tells of a message that changed otherwise than by an edit. */
export function announceUpdate(world: World, message: MessageRecord): void {
  world.emit('messageStored', message);
  publishMessage(world, 'MESSAGE_UPDATE', message);
}

function publishMessage(world: World, name: 'MESSAGE_CREATE' | 'MESSAGE_UPDATE', message: MessageRecord): void {
  world.publish({
    name,
    data: renderMessage(world, message, { isDispatch: true }),
    guildId: message.guildId,
    channelId: message.channelId,
    intents: intents.messages(message.guildId),
    ...(message.guildId ? { contentVisibleTo: [message.authorId, ...message.mentionIds] } : {}),
  });
}

/** Deletes what exists of the given messages; somebody else's end up in the audit log when `by` says who did it. */
export function deleteMessages(
  world: World,
  channel: ChannelRecord,
  messageIds: readonly string[],
  by?: Actor,
): string[] {
  const gone = messageIds.flatMap((id) => world.history(channel.id).remove(id) ?? []);
  const removed = gone.map((message) => message.id);
  for (const message of gone) if (message.attachments.length > 0) removeFiles(world, message);
  noteThreadDeletions(channel, removed);
  for (const messageId of removed) world.emit('messageRemoved', { channelId: channel.id, messageId });
  const [first] = removed;
  if (!first) return removed;
  const where = { channel_id: channel.id, ...(channel.guildId ? { guild_id: channel.guildId } : {}) };
  world.publish({
    name: messageIds.length === 1 ? 'MESSAGE_DELETE' : 'MESSAGE_DELETE_BULK',
    data: messageIds.length === 1 ? { id: first, ...where } : { ids: removed, ...where },
    guildId: channel.guildId,
    channelId: channel.id,
    intents: intents.messages(channel.guildId),
  });
  if (by) auditDeletion(world, channel, gone, { by, isBulk: messageIds.length > 1 });
  return removed;
}

function auditDeletion(
  world: World,
  channel: ChannelRecord,
  gone: readonly MessageRecord[],
  { by, isBulk }: { by: Actor; isBulk: boolean },
): void {
  const guild = channel.guildId ? world.guilds.get(channel.guildId) : undefined;
  if (!guild) return;
  const count = String(gone.length);
  if (isBulk) {
    const actionType = AuditLogEvent.MessageBulkDelete;
    writeAuditLog(world, guild, { actionType, targetId: channel.id, options: { count }, by });
    return;
  }
  const authorId = gone[0]?.authorId ?? null;
  if (authorId === by.userId) return;
  const options = { channel_id: channel.id, count };
  writeAuditLog(world, guild, { actionType: AuditLogEvent.MessageDelete, targetId: authorId, options, by });
}

export function startTyping(world: World, channel: ChannelRecord, userId: string): void {
  const member = channel.guildId ? world.member(channel.guildId, userId) : undefined;
  world.publish({
    name: 'TYPING_START',
    data: {
      channel_id: channel.id,
      user_id: userId,
      timestamp: Math.floor(world.clock.now() / 1000),
      ...(channel.guildId ? { guild_id: channel.guildId } : {}),
      ...(member ? { member: { ...renderPartialMember(member), user: renderUser(userOf(world, userId)) } } : {}),
    },
    guildId: channel.guildId,
    channelId: channel.id,
    intents: intents.typing(channel.guildId),
  });
}
