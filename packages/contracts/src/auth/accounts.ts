import { z } from 'zod';
import { instantSchema } from '../platform/lists.js';
import { localeSchema } from '../platform/locales.js';
import { snowflakeSchema } from '../platform/snowflake.js';

export const platformRoleSchema = z.enum(['USER', 'MODERATOR', 'ADMIN']).meta({ id: 'PlatformRole' });
export type PlatformRole = z.infer<typeof platformRoleSchema>;

export const themeSchema = z.enum(['system', 'light', 'dark']).meta({ id: 'Theme' });
export type Theme = z.infer<typeof themeSchema>;

export const accountSchema = z
  .object({
    id: z.uuid(),
    discordId: snowflakeSchema.nullable(),
    username: z.string(),
    displayName: z.string(),
    avatar: z.string().nullable(),
    email: z.string().nullable(),
    role: platformRoleSchema,
    locale: localeSchema,
    theme: themeSchema,
    createdAt: instantSchema,
  })
  .meta({ id: 'Account' });
export type Account = z.infer<typeof accountSchema>;

export const updateAccountSchema = z
  .strictObject({ locale: localeSchema.optional(), theme: themeSchema.optional() })
  .refine((body) => Object.keys(body).length > 0, 'names nothing to change');
export type UpdateAccount = z.infer<typeof updateAccountSchema>;
