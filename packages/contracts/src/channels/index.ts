import { z } from 'zod';
import { snowflakeSchema } from '../platform/snowflake.js';
import { permissionBitsSchema } from '../roles/index.js';

export const channelSchema = z
  .object({
    id: snowflakeSchema,
    /** @see https://discord.com/developers/docs/resources/channel#channel-object-channel-types */
    type: z.int(),
    name: z.string(),
    topic: z.string().nullable(),
    position: z.int(),
    parentId: snowflakeSchema.nullable(),
    isNsfw: z.boolean(),
    slowmodeSeconds: z.int(),
    /** Of a thread: nobody has written for a while, and it is out of sight. */
    isArchived: z.boolean(),
    /** Of a thread: only moderators may open it again. */
    isLocked: z.boolean(),
    overwrites: z.array(
      z.object({
        /** The role or member it is about. */
        id: snowflakeSchema,
        type: z.enum(['role', 'member']),
        allow: permissionBitsSchema,
        deny: permissionBitsSchema,
      }),
    ),
  })
  .meta({ id: 'Channel' });

export type Channel = z.infer<typeof channelSchema>;

export const channelListSchema = z.object({ items: z.array(channelSchema) }).meta({ id: 'ChannelList' });
