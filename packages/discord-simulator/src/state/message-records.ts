import { z } from 'zod';
import { snowflake } from './snowflake.js';
import { interactionOriginRecord, webhookAuthorRecord } from './webhook-records.js';

/** A message, and what belongs to it. */

const jsonObject = z.record(z.string(), z.unknown());

const reactionRecord = z.object({
  emoji: z.object({ id: snowflake.nullable(), name: z.string(), animated: z.boolean().optional() }),
  userIds: z.array(snowflake),
});

/** A file of a message; its content is in the file store. @see https://docs.discord.com/developers/resources/message#attachment-object */
const attachmentRecord = z.object({
  id: snowflake,
  filename: z.string(),
  /** The name it was sent with, where Discord had to change it. */
  title: z.string().optional(),
  description: z.string().optional(),
  contentType: z.string().optional(),
  /** In bytes. */
  size: z.number(),
  width: z.number().optional(),
  height: z.number().optional(),
  isSpoiler: z.boolean(),
  durationSeconds: z.number().optional(),
  waveform: z.string().optional(),
});

/** @see https://docs.discord.com/developers/resources/poll#poll-object */
const pollRecord = z.object({
  question: z.string(),
  answers: z.array(
    z.object({
      text: z.string().optional(),
      emoji: z.object({ id: snowflake.nullable(), name: z.string() }).optional(),
      voterIds: z.array(snowflake),
    }),
  ),
  expiresAt: z.string(),
  allowsMultiselect: z.boolean(),
  isFinalized: z.boolean(),
});

/** What a message points to beside being a reply: what was pinned, forwarded, voted on or followed. */
const messageReferenceRecord = z.object({
  type: z.number(),
  channelId: snowflake,
  guildId: snowflake.nullable(),
  messageId: snowflake.optional(),
});

const messageParts = z.object({
  id: snowflake,
  channelId: snowflake,
  guildId: snowflake.nullable(),
  authorId: snowflake,
  type: z.number(),
  content: z.string(),
  createdAt: z.string(),
  editedAt: z.string().nullable(),
  embeds: z.array(jsonObject),
  components: z.array(jsonObject),
  mentionIds: z.array(snowflake),
  mentionRoleIds: z.array(snowflake),
  mentionsEveryone: z.boolean(),
  isTts: z.boolean(),
  isPinned: z.boolean(),
  flags: z.number(),
  nonce: z.union([z.string(), z.number()]).nullable(),
  replyTo: z.object({ messageId: snowflake, channelId: snowflake }).nullable(),
  reactions: z.array(reactionRecord),
  applicationId: snowflake.nullable(),
  interaction: interactionOriginRecord.nullable(),
  /** Who a webhook's message says it is from; the author is the webhook. */
  webhook: webhookAuthorRecord.optional(),
  attachments: z.array(attachmentRecord).default([]),
  stickers: z.array(z.object({ id: snowflake, name: z.string(), formatType: z.number() })).optional(),
  pinnedAt: z.string().optional(),
  reference: messageReferenceRecord.optional(),
  poll: pollRecord.optional(),
});

/** What a forwarded message was at that moment. @see https://docs.discord.com/developers/resources/message#message-snapshot-object */
const messageSnapshotRecord = messageParts.pick({
  channelId: true,
  type: true,
  content: true,
  createdAt: true,
  editedAt: true,
  embeds: true,
  components: true,
  mentionIds: true,
  mentionRoleIds: true,
  flags: true,
  attachments: true,
  stickers: true,
});

export const messageRecord = messageParts.extend({ snapshot: messageSnapshotRecord.optional() });

export type ReactionRecord = z.infer<typeof reactionRecord>;
export type AttachmentRecord = z.infer<typeof attachmentRecord>;
export type PollRecord = z.infer<typeof pollRecord>;
export type MessageReferenceRecord = z.infer<typeof messageReferenceRecord>;
export type MessageSnapshotRecord = z.infer<typeof messageSnapshotRecord>;
export type MessageRecord = z.infer<typeof messageRecord>;
