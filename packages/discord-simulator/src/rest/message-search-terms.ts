import { spokenText } from '../actions/mentions.js';
import { contentTypeOf } from '../media/content-types.js';
import type { MessageRecord } from '../state/model.js';
import { compareSnowflakes } from '../state/snowflake.js';
import type { World } from '../state/world.js';
import type { z } from 'zod';
import type { searchQuery } from './message-search.js';

type Query = z.infer<typeof searchQuery>;

/** What a message may have. @see https://docs.discord.com/developers/resources/message#search-guild-messages-search-has-types */
export const CONTENTS = ['image', 'sound', 'video', 'file', 'sticker', 'embed', 'link', 'poll', 'snapshot'] as const;

/** Whether a message is one that is looked for: it fits every term that is given. */
export function fitsSearch(world: World, message: MessageRecord, query: Query): boolean {
  return (
    isBetween(message, query) &&
    saysWords(message, query.content) &&
    isAmong(query.author_id, [message.authorId]) &&
    fitsKinds(query.author_type, (kind) => authorKind(world, message) === kind) &&
    fitsMentions(message, query) &&
    fitsReply(world, message, query) &&
    (query.pinned === undefined || query.pinned === message.isPinned) &&
    fitsKinds(query.has, (kind) => CHECKS[kind](message)) &&
    fitsAttachments(message, query)
  );
}

function isBetween({ id }: MessageRecord, { min_id: minimum, max_id: maximum }: Query): boolean {
  if (minimum !== undefined && compareSnowflakes(id, minimum) <= 0) return false;
  return maximum === undefined || compareSnowflakes(id, maximum) < 0;
}

/** Every word, in any order and case. */
function saysWords(message: MessageRecord, content: string | undefined): boolean {
  if (content === undefined) return true;
  const text = spokenText(message).toLowerCase();
  return content
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

function isAmong(wanted: readonly string[] | undefined, present: readonly string[]): boolean {
  return wanted === undefined || present.some((id) => wanted.includes(id));
}

/** One of the kinds without a dash, and none of those with one. */
function fitsKinds<Kind extends string>(
  wanted: readonly (Kind | `-${Kind}`)[] | undefined,
  is: (kind: Kind) => boolean,
): boolean {
  const isExcluded = (kind: string) => kind.startsWith('-');
  const excluded = (wanted ?? []).filter(isExcluded).map((kind) => kind.slice(1) as Kind);
  const included = (wanted ?? []).filter((kind): kind is Kind => !isExcluded(kind));
  return !excluded.some(is) && (included.length === 0 || included.some(is));
}

function authorKind(world: World, message: MessageRecord): 'user' | 'bot' | 'webhook' {
  if (message.webhook) return 'webhook';
  return world.users.get(message.authorId)?.isBot ? 'bot' : 'user';
}

function fitsMentions(message: MessageRecord, query: Query): boolean {
  const { mention_everyone: mentionsEveryone } = query;
  return (
    isAmong(query.mentions, message.mentionIds) &&
    isAmong(query.mentions_role_id, message.mentionRoleIds) &&
    (mentionsEveryone === undefined || mentionsEveryone === message.mentionsEveryone)
  );
}

function fitsReply(world: World, { replyTo }: MessageRecord, query: Query): boolean {
  const { replied_to_user_id: userIds, replied_to_message_id: messageIds } = query;
  const authorId = replyTo ? world.history(replyTo.channelId).get(replyTo.messageId)?.authorId : undefined;
  return isAmong(messageIds, replyTo ? [replyTo.messageId] : []) && isAmong(userIds, authorId ? [authorId] : []);
}

const hasFile = (type: string) => (message: MessageRecord) =>
  message.attachments.some(({ filename }) => contentTypeOf(filename)?.startsWith(type));

const CHECKS: Record<(typeof CONTENTS)[number], (message: MessageRecord) => boolean> = {
  image: hasFile('image/'),
  sound: hasFile('audio/'),
  video: hasFile('video/'),
  file: ({ attachments }) => attachments.length > 0,
  sticker: ({ stickers }) => (stickers ?? []).length > 0,
  embed: ({ embeds }) => embeds.length > 0,
  link: (message) => /https?:\/\/\S/.test(spokenText(message)),
  poll: ({ poll }) => poll !== undefined,
  snapshot: ({ snapshot }) => snapshot !== undefined,
};

function fitsAttachments({ attachments }: MessageRecord, query: Query): boolean {
  const { attachment_filename: names, attachment_extension: extensions } = query;
  const extension = (filename: string) => filename.slice(filename.lastIndexOf('.') + 1);
  return (
    (names === undefined || attachments.some(({ filename }) => names.some((name) => filename.includes(name)))) &&
    isAmong(
      extensions,
      attachments.map(({ filename }) => extension(filename)),
    )
  );
}
