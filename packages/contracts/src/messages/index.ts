import { z } from 'zod';
import { discordUserSchema } from '../members/index.js';
import { instantSchema, streamSchema } from '../platform/lists.js';
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
