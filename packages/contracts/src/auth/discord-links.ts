import { z } from 'zod';
import { snowflakeSchema } from '../platform/snowflake.js';

/** Where to send the browser to prove a Discord identity. */
export const discordLinkSchema = z.object({ url: z.url() }).meta({ id: 'DiscordLink' });
export type DiscordLink = z.infer<typeof discordLinkSchema>;

/** The person's Discord identity as Discord tells it right now. */
export const discordIdentitySchema = z
  .object({
    id: snowflakeSchema,
    username: z.string(),
    displayName: z.string(),
    avatar: z.string().nullable(),
    guilds: z.array(
      z.object({ id: snowflakeSchema, name: z.string(), icon: z.string().nullable(), isOwner: z.boolean() }),
    ),
  })
  .meta({ id: 'DiscordIdentity' });
export type DiscordIdentity = z.infer<typeof discordIdentitySchema>;
