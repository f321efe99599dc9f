import { z } from 'zod';
import { capabilityListSchema, capabilitySchema } from '../platform/capabilities.js';
import { instantSchema, pageQuerySchema, pageSchema, sortSchema } from '../platform/lists.js';

/** How long the key before a rotation keeps working, at most. */
export const MAX_OVERLAP_HOURS = 168;

const apiKeyNameSchema = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .regex(/^\P{Cc}*$/u, 'must not contain control characters')
  .meta({ examples: ['Website: events'] });

/** A key as it is shown; the key itself is told once, when it is made. */
export const apiKeySchema = z
  .object({
    id: z.uuid(),
    name: z.string(),
    /** Its first characters, by which people recognise it. */
    prefix: z.string().meta({ examples: ['gh_4tQz9aBc'] }),
    /** What it was given; it is good for no more than its creator still holds. */
    capabilities: z.array(capabilitySchema),
    /** Null for the key of the environment. */
    createdBy: z.object({ accountId: z.uuid(), name: z.string() }).nullable(),
    /** The key of the environment (`API_KEY`), which the operator changes there. */
    isBootstrap: z.boolean(),
    createdAt: instantSchema,
    expiresAt: instantSchema.nullable(),
    /** To the minute. */
    lastUsedAt: instantSchema.nullable(),
    revokedAt: instantSchema.nullable(),
    /** The key that takes its place, after a rotation. */
    successorId: z.uuid().nullable(),
    version: z.int(),
  })
  .meta({ id: 'ApiKey' });
export type ApiKey = z.infer<typeof apiKeySchema>;

/** The answer that tells a key, this once. */
export const newApiKeySchema = apiKeySchema
  .extend({ key: z.string().meta({ examples: ['gh_4tQz9aBcKkW0v1mYp7sT3uXeRrL5nDj2hFgQ8iOb6ZcVx'] }) })
  .meta({ id: 'NewApiKey' });
export type NewApiKey = z.infer<typeof newApiKeySchema>;

export const createApiKeySchema = z
  .strictObject({
    name: apiKeyNameSchema,
    capabilities: capabilityListSchema.refine((list) => list.length > 0, 'must name at least one'),
    /** Absent or null for a key that does not expire. */
    expiresAt: instantSchema.nullish(),
  })
  .meta({ id: 'CreateApiKey' });
export type CreateApiKey = z.infer<typeof createApiKeySchema>;

export const rotateApiKeySchema = z
  .strictObject({
    /** How long the old key keeps working beside the new one; 0 ends it at once. */
    overlapHours: z.int().min(0).max(MAX_OVERLAP_HOURS).default(24),
  })
  .meta({ id: 'RotateApiKey' });
export type RotateApiKey = z.infer<typeof rotateApiKeySchema>;

export const apiKeyListQuerySchema = pageQuerySchema.extend({
  sort: sortSchema(['name', 'createdAt', 'lastUsedAt', 'expiresAt'], '-createdAt'),
});
export type ApiKeyListQuery = z.infer<typeof apiKeyListQuerySchema>;

export const apiKeyPageSchema = pageSchema(apiKeySchema).meta({ id: 'ApiKeyPage' });
