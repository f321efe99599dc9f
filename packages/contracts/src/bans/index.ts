import { z } from 'zod';
import { discordUserSchema } from '../members/index.js';
import { instantSchema, pageSchema } from '../platform/lists.js';
import { reasonSchema } from '../platform/reason.js';

/** Somebody who is banned on Discord. */
export const banSchema = z
  .object({
    user: discordUserSchema,
    reason: z.string().nullable(),
    /** Null for a ban that was found rather than seen. */
    bannedAt: instantSchema.nullable(),
  })
  .meta({ id: 'Ban' });
export type Ban = z.infer<typeof banSchema>;

export const banPageSchema = pageSchema(banSchema).meta({ id: 'BanPage' });

/** How far back a ban deletes messages at most, 7 days. @see https://discord.com/developers/docs/resources/guild#create-guild-ban */
export const MAX_BAN_DELETE_SECONDS = 604_800;

export const banDraftSchema = z
  .strictObject({
    /** The messages of so many seconds go with the person. */
    deleteMessageSeconds: z.int().min(0).max(MAX_BAN_DELETE_SECONDS).default(0),
    reason: reasonSchema.optional(),
  })
  .prefault({})
  .meta({ id: 'BanDraft', examples: [{ deleteMessageSeconds: 86_400, reason: 'raid' }] });

export type BanDraft = z.infer<typeof banDraftSchema>;
