import { z } from 'zod';
import { snowflake } from '../state/model.js';
import { messageComponents } from './component-schemas.js';
import { embedsBody } from './embed-schemas.js';
import { refineSet } from './form-fields.js';
import { allowedMentionsBody } from './mention-schemas.js';
import { pollBody } from './poll-schemas.js';
import { attachmentsBody } from './uploads.js';

/** Discord's limits for messages. @see https://docs.discord.com/developers/resources/message#create-message */
export const messageLimits = {
  contentLength: 2_000,
  nonceLength: 25,
  stickers: 3,
} as const;

const messageParts = {
  content: z.string().max(messageLimits.contentLength).nullish(),
  embeds: embedsBody.nullish(),
  components: messageComponents.nullish(),
  flags: z.number().int().nonnegative().nullish(),
  allowed_mentions: allowedMentionsBody.nullish(),
  attachments: attachmentsBody,
};

const messageReference = z.looseObject({
  message_id: snowflake,
  channel_id: snowflake.nullish(),
  guild_id: snowflake.nullish(),
  fail_if_not_exists: z.boolean().nullish(),
  type: z.union([z.literal(0), z.literal(1)]).nullish(),
});

/** @see https://docs.discord.com/developers/resources/message#create-message */
export const messageCreateBody = z.looseObject({
  ...messageParts,
  tts: z.boolean().nullish(),
  nonce: z.union([z.string().max(messageLimits.nonceLength), z.number().int()]).nullish(),
  enforce_nonce: z.boolean().nullish(),
  message_reference: messageReference.nullish(),
  sticker_ids: z.array(snowflake).max(messageLimits.stickers).nullish(),
  poll: pollBody.nullish(),
});

export const messageEditBody = z.looseObject(messageParts);

export const historyQuery = z.looseObject({
  before: snowflake.optional(),
  after: snowflake.optional(),
  around: snowflake.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});

export const memberListQuery = z.looseObject({
  limit: z.coerce.number().int().min(1).max(1_000).default(1),
  after: snowflake.default('0'),
});

export const memberSearchQuery = z.looseObject({
  query: z.string().min(1).max(100),
  limit: z.coerce.number().int().min(1).max(1_000).default(1),
});

export const memberPatchBody = z.looseObject({
  nick: z.string().max(32).nullish(),
  avatar: z.string().nullish(),
  banner: z.string().nullish(),
  bio: z.string().max(190).nullish(),
  roles: z.array(snowflake).max(250).nullish(),
  communication_disabled_until: z.iso.datetime({ offset: true }).nullish(),
  mute: z.boolean().nullish(),
  deaf: z.boolean().nullish(),
  channel_id: snowflake.nullish(),
});

export const banListQuery = z.looseObject({
  limit: z.coerce.number().int().min(1).max(1_000).default(1_000),
  before: snowflake.optional(),
  after: snowflake.optional(),
});

export const banBody = z.looseObject({
  delete_message_seconds: z.number().int().min(0).max(604_800).optional(),
  delete_message_days: z.number().int().min(0).max(7).optional(),
});

export const bulkBanBody = z.looseObject({
  user_ids: z.array(snowflake).min(1).max(200),
  delete_message_seconds: z.number().int().min(0).max(604_800).nullish(),
});

export const bulkDeleteBody = z.looseObject({ messages: z.array(snowflake).superRefine(refineSet) });
export const directChannelBody = z.looseObject({ recipient_id: snowflake });
