import { createHash } from 'node:crypto';
import { type Embed, type Message, type MessageDraft, type Snowflake, snowflakeSchema } from '@guildhall/contracts';
import {
  AllowedMentionsTypes,
  type APIAllowedMentions,
  type APIEmbed,
  type APIMessage,
  type RESTPostAPIChannelMessageJSONBody,
} from 'discord-api-types/v10';
import { discordUserOf } from '../../platform/discord/discord-users.rules.js';
import { newId } from '../../platform/ids.js';
import { asFetched } from './message-merge.rules.js';

/** The most characters of a nonce. @see https://discord.com/developers/docs/resources/message#create-message */
const NONCE_LENGTH = 25;

/** The same for the same request of the same caller, so that Discord sends it once; different for every other. */
export function nonceOf(caller: string, channelId: Snowflake, idempotencyKey: string | null): string {
  const name = idempotencyKey === null ? newId() : JSON.stringify([caller, channelId, idempotencyKey]);
  return createHash('sha256').update(name).digest('base64url').slice(0, NONCE_LENGTH);
}

/** A message as Discord takes it. */
export function discordMessageOf(draft: MessageDraft): RESTPostAPIChannelMessageJSONBody {
  const { content, embeds, replyToId } = draft;
  return {
    ...(content !== undefined && { content }),
    ...(embeds.length > 0 && { embeds: embeds.map(discordEmbedOf) }),
    ...(replyToId !== undefined && { message_reference: { message_id: replyToId } }),
    allowed_mentions: discordMentionsOf(draft),
  };
}

/** A message as the API tells it, from Discord's answer. */
export function messageOfDiscord(answer: APIMessage): Message {
  const replyToId = answer.message_reference?.message_id;
  return asFetched({
    id: snowflakeSchema.parse(answer.id),
    channelId: snowflakeSchema.parse(answer.channel_id),
    author: discordUserOf(answer.author),
    content: answer.content,
    attachments: [],
    replyToId: replyToId === undefined ? null : snowflakeSchema.parse(replyToId),
    createdAt: answer.timestamp,
    editedAt: answer.edited_timestamp,
  });
}

function discordMentionsOf({ allowedMentions: { everyone, roleIds, userIds } }: MessageDraft): APIAllowedMentions {
  return {
    parse: everyone ? [AllowedMentionsTypes.Everyone] : [],
    roles: roleIds,
    users: userIds,
    replied_user: false,
  };
}

function discordEmbedOf({ title, description, url, color, imageUrl, footer, fields }: Embed): APIEmbed {
  return {
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    ...(url !== undefined && { url }),
    ...(color !== undefined && { color }),
    ...(imageUrl !== undefined && { image: { url: imageUrl } }),
    ...(footer !== undefined && { footer: { text: footer } }),
    fields,
  };
}
