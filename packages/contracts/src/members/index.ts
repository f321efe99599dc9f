import { z } from 'zod';
import { reasonSchema } from '../platform/reason.js';
import { instantSchema, pageQuerySchema, pageSchema, sortSchema } from '../platform/lists.js';
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
  sort: sortSchema(['name', 'joinedAt'], 'name'),
});

export type MemberListQuery = z.infer<typeof memberListQuerySchema>;

export const memberPageSchema = pageSchema(memberSchema).meta({ id: 'MemberPage' });

/**
 * The most characters of a nickname.
 * @see https://discord.com/developers/docs/resources/user#usernames-and-nicknames
 */
export const MAX_NICKNAME_LENGTH = 32;

/** The longest timeout, 28 days. @see https://discord.com/developers/docs/resources/guild#modify-guild-member */
export const MAX_TIMEOUT_SECONDS = 28 * 86_400;

export const memberPatchSchema = z
  .strictObject({
    /** Null takes the nickname away. */
    nickname: z.string().trim().min(1).max(MAX_NICKNAME_LENGTH).nullable(),
    reason: reasonSchema.optional(),
  })
  .meta({ id: 'MemberPatch', examples: [{ nickname: 'Ada (night shift)', reason: 'asked for it' }] });

export type MemberPatch = z.infer<typeof memberPatchSchema>;

export const memberTimeoutSchema = z
  .strictObject({
    /** When the timeout ends; null ends one that runs. Either this or `durationSeconds`. */
    until: instantSchema.nullable().optional(),
    durationSeconds: z.int().min(1).max(MAX_TIMEOUT_SECONDS).optional(),
    reason: reasonSchema.optional(),
  })
  .refine(({ until, durationSeconds }) => (until === undefined) !== (durationSeconds === undefined), {
    path: ['until'],
    message: 'give either until or durationSeconds',
  })
  .meta({ id: 'MemberTimeout', examples: [{ durationSeconds: 3_600, reason: 'spam' }] });

export type MemberTimeout = z.infer<typeof memberTimeoutSchema>;
