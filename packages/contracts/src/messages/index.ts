import { z } from 'zod';
import { discordUserSchema } from '../members/index.js';
import { instantSchema, streamSchema } from '../platform/lists.js';
import { reasonSchema } from '../platform/reason.js';
import { snowflakeSchema } from '../platform/snowflake.js';

export const attachmentSchema = z.object({
  id: snowflakeSchema,
  filename: z.string(),
  sizeBytes: z.int(),
  contentType: z.string().nullable(),
});

export const messageSchema = z
  .object({
    id: snowflakeSchema,
    channelId: snowflakeSchema,
    author: discordUserSchema,
    /** Null where the guild does not store content. */
    content: z.string().nullable(),
    attachments: z.array(attachmentSchema),
    replyToId: snowflakeSchema.nullable(),
    createdAt: instantSchema,
    editedAt: instantSchema.nullable(),
  })
  .meta({ id: 'Message' });

export type Message = z.infer<typeof messageSchema>;

export const messageStreamSchema = streamSchema(messageSchema).meta({ id: 'MessageStream' });

/** Discord's limits of a message. @see https://discord.com/developers/docs/resources/message#create-message */
export const MAX_CONTENT_LENGTH = 2_000;
const MAX_EMBEDS = 10;
/** Of all embeds of a message together. @see https://discord.com/developers/docs/resources/message#embed-object-embed-limits */
const MAX_EMBED_CHARACTERS = 6_000;

const webAddress = z.url({ protocol: /^https?$/ }).max(2_048);
const text = (maximum: number) => z.string().trim().min(1).max(maximum);

export const embedSchema = z
  .strictObject({
    title: text(256).optional(),
    description: text(4_096).optional(),
    url: webAddress.optional(),
    /** 24-bit RGB. */
    color: z.int().min(0).max(0xff_ff_ff).optional(),
    imageUrl: webAddress.optional(),
    footer: text(2_048).optional(),
    fields: z
      .array(z.strictObject({ name: text(256), value: text(1_024), inline: z.boolean().default(false) }))
      .max(25)
      .default([]),
  })
  .refine(({ title, description, imageUrl, fields }) => title ?? description ?? imageUrl ?? fields[0], {
    message: 'needs a title, a description, a field or an image',
  })
  .meta({
    id: 'Embed',
    examples: [{ title: 'Raid night', description: 'Friday, 20:00', color: 5_793_266, fields: [] }],
  });

export type Embed = z.infer<typeof embedSchema>;

/** Whom a message may notify; nobody unless named. */
const allowedMentionsSchema = z.strictObject({
  everyone: z.boolean().default(false),
  roleIds: z.array(snowflakeSchema).max(100).default([]),
  userIds: z.array(snowflakeSchema).max(100).default([]),
});

export const messageDraftSchema = z
  .strictObject({
    content: text(MAX_CONTENT_LENGTH).optional(),
    embeds: z
      .array(embedSchema)
      .max(MAX_EMBEDS)
      .refine(
        (embeds) => charactersOf(embeds) <= MAX_EMBED_CHARACTERS,
        `at most ${MAX_EMBED_CHARACTERS} characters in all`,
      )
      .default([]),
    allowedMentions: allowedMentionsSchema.prefault({}),
    replyToId: snowflakeSchema.optional(),
    reason: reasonSchema.optional(),
  })
  .refine(({ content, embeds }) => content !== undefined || embeds.length > 0, {
    path: ['content'],
    message: 'a message needs content or an embed',
  })
  .meta({ id: 'MessageDraft', examples: [{ content: 'The raid begins in ten minutes.' }] });

export type MessageDraft = z.infer<typeof messageDraftSchema>;

function charactersOf(embeds: readonly Embed[]): number {
  return embeds
    .flatMap(({ title, description, footer, fields }) => [
      title,
      description,
      footer,
      ...fields.flatMap(({ name, value }) => [name, value]),
    ])
    .reduce((sum, part) => sum + (part?.length ?? 0), 0);
}
