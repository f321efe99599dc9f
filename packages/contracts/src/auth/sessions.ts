import { z } from 'zod';
import { instantSchema } from '../platform/lists.js';

export const exchangeSessionSchema = z.strictObject({
  /** The one-time id that the callback put into the web app's address. */
  sessionId: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'must be a session id')
    .meta({ examples: ['5f'.repeat(32)] }),
});

export const refreshSchema = z.strictObject({
  /** Absent in browsers, where the HttpOnly cookie carries it. */
  refreshToken: z.string().min(20).max(200).optional(),
});

/** A fresh access token; `refreshToken` only where the caller does not use the cookie. */
export const tokensSchema = z
  .object({
    accessToken: z.string(),
    refreshToken: z.string().optional(),
    /** Seconds until the access token expires. */
    expiresIn: z.int(),
  })
  .meta({ id: 'Tokens' });
export type Tokens = z.infer<typeof tokensSchema>;

/** Query of the address that Discord sends the browser back to; `error` when the person or Discord refused. */
export const discordCallbackQuerySchema = z.looseObject({
  state: z.string().max(200).optional(),
  code: z.string().max(2000).optional(),
  error: z.string().max(200).optional(),
});

/** One sign-in on one device. */
export const accountSessionSchema = z
  .object({
    id: z.uuid(),
    userAgent: z.string().nullable(),
    ipAddress: z.string().nullable(),
    createdAt: instantSchema,
    lastUsedAt: instantSchema,
    expiresAt: instantSchema,
    /** The one that this request belongs to. */
    isCurrent: z.boolean(),
  })
  .meta({ id: 'AccountSession' });
export type AccountSession = z.infer<typeof accountSessionSchema>;

export const accountSessionListSchema = z
  .object({ items: z.array(accountSessionSchema) })
  .meta({ id: 'AccountSessionList' });
