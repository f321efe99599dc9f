import { z } from 'zod';
import { snowflakeSchema } from '../platform/snowflake.js';

/**
 * What Discord's own AutoMod did to somebody. The content that made it act stays with the bot.
 * @see https://discord.com/developers/docs/events/gateway-events#auto-moderation-action-execution
 */
export const automodExecutionSchema = z
  .object({
    ruleId: snowflakeSchema,
    triggerType: z.int(),
    actionType: z.int(),
    userId: snowflakeSchema,
    channelId: snowflakeSchema.nullable(),
    /** Null where the message was blocked before it came to be. */
    messageId: snowflakeSchema.nullable(),
    /** The word of the rule; null where the rule looks for something else. */
    matchedKeyword: z.string().nullable(),
  })
  .meta({ id: 'AutomodExecution' });
export type AutomodExecution = z.infer<typeof automodExecutionSchema>;
