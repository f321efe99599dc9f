import { z } from 'zod';
import { snowflakeSchema } from '../platform/snowflake.js';

/** @see https://discord.com/developers/docs/resources/voice#voice-state-object */
export const voiceStateSchema = z
  .object({
    userId: snowflakeSchema,
    /** Null for who left the voice channels. */
    channelId: snowflakeSchema.nullable(),
    /** By themselves or by a moderator. */
    isMuted: z.boolean(),
    isDeafened: z.boolean(),
    isStreaming: z.boolean(),
  })
  .meta({ id: 'VoiceState' });
export type VoiceState = z.infer<typeof voiceStateSchema>;
