import { z } from 'zod';
import { localeSchema } from '../platform/locales.js';
import { snowflakeSchema } from '../platform/snowflake.js';
import { permissionBitsSchema } from '../roles/index.js';

/**
 * Header that the bot adds to the calls it makes for a person, as base64url JSON: who acts, where, and with which roles
 * Discord just said they have.
 */
export const INTERACTION_CONTEXT_HEADER = 'x-guildhall-interaction';

export const interactionContextSchema = z.strictObject({
  guildId: snowflakeSchema,
  userId: snowflakeSchema,
  roleIds: z.array(snowflakeSchema),
  /** The member's permissions in the channel of the interaction. */
  permissions: permissionBitsSchema,
  locale: localeSchema,
});

export type InteractionContext = z.infer<typeof interactionContextSchema>;
