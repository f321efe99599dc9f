import { z } from 'zod';
import { snowflakeSchema } from '../platform/snowflake.js';

/** Discord's permission bit set, as a decimal string. */
export const permissionBitsSchema = z
  .string()
  .regex(/^\d{1,20}$/)
  .meta({ examples: ['104324673'] });

export const roleSchema = z
  .object({
    id: snowflakeSchema,
    name: z.string(),
    /** 24-bit RGB; 0 means no colour. */
    color: z.int(),
    position: z.int(),
    permissions: permissionBitsSchema,
    isManaged: z.boolean(),
    isHoisted: z.boolean(),
    isMentionable: z.boolean(),
  })
  .meta({ id: 'Role' });

export type Role = z.infer<typeof roleSchema>;

export const roleListSchema = z.object({ items: z.array(roleSchema) }).meta({ id: 'RoleList' });
