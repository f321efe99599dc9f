import { z } from 'zod';
import { snowflakeSchema } from './snowflake.js';

/** What `GET /api/instance` tells everybody about this installation. */
export const instanceSchema = z
  .object({
    version: z.string(),
    /** True when Discord is the local simulator. */
    isSimulated: z.boolean(),
    /** Where people open the simulator's client. */
    simulatorUrl: z.string().nullable(),
    /** The application that people invite into their guilds. */
    discordClientId: snowflakeSchema.nullable(),
  })
  .meta({ id: 'Instance' });

export type Instance = z.infer<typeof instanceSchema>;

/** How a request arrived, after the proxies that are trusted; for `guildhall doctor`. */
export const requestViewSchema = z
  .object({ ip: z.string(), protocol: z.string(), host: z.string() })
  .meta({ id: 'RequestView' });

export type RequestView = z.infer<typeof requestViewSchema>;
