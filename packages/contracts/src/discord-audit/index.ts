import { z } from 'zod';
import { snowflakeSchema } from '../platform/snowflake.js';

/** An entry of Discord's own audit log. @see https://discord.com/developers/docs/resources/audit-log#audit-log-entry-object */
export const discordAuditEntrySchema = z
  .object({
    id: snowflakeSchema,
    /** Who did it; null for Discord itself. */
    userId: snowflakeSchema.nullable(),
    targetId: z.string().max(100).nullable(),
    actionType: z.int(),
    reason: z.string().nullable(),
    changes: z.array(z.unknown()),
    options: z.record(z.string(), z.unknown()).nullable(),
  })
  .meta({ id: 'DiscordAuditEntry' });
export type DiscordAuditEntry = z.infer<typeof discordAuditEntrySchema>;
