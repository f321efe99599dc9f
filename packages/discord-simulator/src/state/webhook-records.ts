import { z } from 'zod';
import { snowflake } from './snowflake.js';

/** @see https://docs.discord.com/developers/resources/webhook#webhook-object */
export const webhookRecord = z.object({
  id: snowflake,
  channelId: snowflake,
  creatorId: snowflake,
  name: z.string(),
  /** Hash of the image. */
  avatar: z.string().nullable(),
  token: z.string(),
  /** The application whose bot made it: nobody else is told the token. */
  applicationId: snowflake.nullable(),
  /** Of a webhook that follows a channel: what is published there comes by it, and nobody else writes by it. */
  source: z.object({ guildId: snowflake, channelId: snowflake }).optional(),
});

/** Who a webhook's message says it is from. */
export const webhookAuthorRecord = z.object({ id: snowflake, name: z.string(), avatar: z.string().nullable() });

/** Who may use a command of an application in a guild, or all of them: then the id is that of the application. */
export const commandPermissionsRecord = z.object({
  id: snowflake,
  applicationId: snowflake,
  permissions: z.array(z.object({ id: snowflake, type: z.number(), permission: z.boolean() })),
});

const interactionOrigin = {
  id: snowflake,
  type: z.number(),
  userId: snowflake,
  /** The command with its subcommands. */
  name: z.string().nullable(),
  /** Installations that brought it about: 0 the guild's, 1 the user's. */
  owners: z.record(z.string(), snowflake).optional(),
  targetUserId: snowflake.optional(),
  targetMessageId: snowflake.optional(),
  /** The message whose component was used. */
  sourceMessageId: snowflake.optional(),
};

/** What brought a message about. @see https://docs.discord.com/developers/resources/message#message-interaction-metadata-object */
export const interactionOriginRecord = z.object({
  ...interactionOrigin,
  /** For a modal: what opened it. */
  trigger: z.object(interactionOrigin).optional(),
  /** For a follow-up: the first answer. */
  originalMessageId: snowflake.optional(),
});

export type WebhookRecord = z.infer<typeof webhookRecord>;
export type CommandPermissionsRecord = z.infer<typeof commandPermissionsRecord>;
export type InteractionOrigin = z.infer<typeof interactionOriginRecord>;
