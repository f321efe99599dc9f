import { z } from 'zod';
import { instantSchema, pageQuerySchema, pageSchema } from '../platform/lists.js';
import { snowflakeSchema } from '../platform/snowflake.js';

/** A Discord account as others see it. */
export const discordUserSchema = z
  .object({
    id: snowflakeSchema,
    username: z.string(),
    globalName: z.string().nullable(),
    /** Hash of the avatar image; null for Discord's default one. */
    avatar: z.string().nullable(),
    isBot: z.boolean(),
  })
  .meta({ id: 'DiscordUser' });

export type DiscordUser = z.infer<typeof discordUserSchema>;

export const memberSchema = z
  .object({
    user: discordUserSchema,
    nickname: z.string().nullable(),
    /** Hash of the avatar of this guild only. */
    avatar: z.string().nullable(),
    roleIds: z.array(snowflakeSchema),
    joinedAt: instantSchema.nullable(),
    timeoutUntil: instantSchema.nullable(),
  })
  .meta({ id: 'Member' });

export type Member = z.infer<typeof memberSchema>;

export const memberListQuerySchema = pageQuerySchema.extend({
  /** Part of a user name, display name or nickname, or a whole id. */
  q: z.string().trim().min(1).max(100).optional(),
  roleId: snowflakeSchema.optional(),
  sort: z.enum(['name', '-name', 'joinedAt', '-joinedAt']).default('name'),
});

export type MemberListQuery = z.infer<typeof memberListQuerySchema>;

export const memberPageSchema = pageSchema(memberSchema).meta({ id: 'MemberPage' });
