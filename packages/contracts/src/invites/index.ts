import { z } from 'zod';
import { instantSchema } from '../platform/lists.js';
import { snowflakeSchema } from '../platform/snowflake.js';

/** @see https://discord.com/developers/docs/resources/invite#invite-object */
export const inviteSchema = z
  .object({
    code: z.string().min(1).max(100),
    channelId: snowflakeSchema,
    /** Null for an invite that Discord made itself. */
    inviterId: snowflakeSchema.nullable(),
    /** 0 without a limit. */
    maxUses: z.int(),
    /** 0 without an end. */
    maxAgeSeconds: z.int(),
    isTemporary: z.boolean(),
    createdAt: instantSchema,
  })
  .meta({ id: 'Invite' });
export type Invite = z.infer<typeof inviteSchema>;
