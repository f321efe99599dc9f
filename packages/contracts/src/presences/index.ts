import { z } from 'zod';
import { snowflakeSchema } from '../platform/snowflake.js';

/** @see https://discord.com/developers/docs/events/gateway-events#update-presence-status-types */
export const presenceStatusSchema = z.enum(['online', 'idle', 'dnd', 'offline']).meta({ id: 'PresenceStatus' });
export type PresenceStatus = z.infer<typeof presenceStatusSchema>;

/** How Discord shows a member; what they do is nobody's business. */
export const presenceSchema = z
  .object({ userId: snowflakeSchema, status: presenceStatusSchema })
  .meta({ id: 'Presence' });
export type Presence = z.infer<typeof presenceSchema>;
