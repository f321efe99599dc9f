import type { Message } from '@guildhall/contracts';
import {
  MessageType,
  type APIMessage,
  type GatewayMessageCreateDispatchData,
  type GatewayMessageDeleteBulkDispatchData,
  type GatewayMessageDeleteDispatchData,
  type GatewayMessageUpdateDispatchData,
} from 'discord.js';
import { snowflake, snowflakeOrNull } from './snowflakes.js';
import type { MessageContext, Translation, TranslationContext } from './translation.js';
import { translateUser } from './users.js';

/** What people write; every other type is written by Discord or by a bot. */
const WRITTEN_BY_PEOPLE: readonly MessageType[] = [MessageType.Default, MessageType.Reply];

/**
 * A message without what its guild keeps to itself: what was written and how files are called leave the bot in the mode
 * `full` only.
 * @see https://discord.com/developers/docs/resources/message#message-object
 */
function translateMessage(message: APIMessage, isFull: boolean, hasMessageContent: boolean): Message {
  return {
    id: snowflake(message.id),
    channelId: snowflake(message.channel_id),
    author: translateUser(message.author),
    content: isFull && hasMessageContent ? message.content : null,
    attachments: message.attachments.map(({ id, filename, size, content_type }) => ({
      id: snowflake(id),
      filename: isFull ? filename : '',
      sizeBytes: size,
      contentType: content_type ?? null,
    })),
    replyToId: message.type === MessageType.Reply ? snowflakeOrNull(message.message_reference?.message_id) : null,
    createdAt: message.timestamp,
    editedAt: message.edited_timestamp,
  };
}

/** System messages and those of bots and webhooks are not stored. */
function isStored(message: APIMessage): boolean {
  const isAutomated = message.author.bot === true || message.webhook_id !== undefined;
  return !isAutomated && WRITTEN_BY_PEOPLE.includes(message.type);
}

/** A page of a guild channel's messages as Discord gives it over REST, without those that are not stored. */
export function translateHistory(
  guildId: string,
  messages: readonly APIMessage[],
  { hasMessageContent, messageContentOf }: MessageContext,
): Message[] {
  const mode = messageContentOf(guildId);
  if (mode === 'off') return [];
  return messages.filter(isStored).map((message) => translateMessage(message, mode === 'full', hasMessageContent));
}

function messageEvent(
  type: 'message_create' | 'message_update',
  message: GatewayMessageCreateDispatchData,
  context: TranslationContext,
): Translation | undefined {
  // Direct messages are nobody's business.
  if (message.guild_id === undefined || !isStored(message)) return undefined;
  const mode = context.messageContentOf(message.guild_id);
  if (mode === 'off') return undefined;
  const data = translateMessage(message, mode === 'full', context.hasMessageContent);
  return { type, guildId: message.guild_id, channelId: data.channelId, userId: data.author.id, data };
}

export function messageCreate(
  message: GatewayMessageCreateDispatchData,
  context: TranslationContext,
): Translation | undefined {
  return messageEvent('message_create', message, context);
}

/** Without an edit it is Discord that resolved a link's preview, or somebody who pinned the message. */
export function messageUpdate(
  message: GatewayMessageUpdateDispatchData,
  context: TranslationContext,
): Translation | undefined {
  // Discord's types promise both fields; updates of embeds alone have come without them for years.
  const { author, edited_timestamp: editedAt } = message as Partial<GatewayMessageUpdateDispatchData>;
  if (author === undefined || editedAt == null) return undefined;
  return messageEvent('message_update', message, context);
}

/** Told whatever the guild lets us keep: what was kept before must not outlive its message. */
export function messageDelete(message: GatewayMessageDeleteDispatchData): Translation | undefined {
  if (message.guild_id === undefined) return undefined;
  const channelId = snowflake(message.channel_id);
  return {
    type: 'message_delete',
    guildId: message.guild_id,
    channelId,
    data: { id: snowflake(message.id), channelId },
  };
}

export function messageDeleteBulk(messages: GatewayMessageDeleteBulkDispatchData): Translation | undefined {
  if (messages.guild_id === undefined) return undefined;
  const channelId = snowflake(messages.channel_id);
  const data = { ids: messages.ids.map(snowflake), channelId };
  return { type: 'message_delete_bulk', guildId: messages.guild_id, channelId, data };
}
