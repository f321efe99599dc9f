import { z } from 'zod';
import { instantSchema } from '../platform/lists.js';

/** How long a copy of somebody's data can be fetched. */
export const DATA_EXPORT_DAYS = 7;

export const MAX_AVATAR_BYTES = 512 * 1024;

/** The kinds of pictures that are accepted; SVG is none of them, because it can hold scripts. */
export const AVATAR_MEDIA_TYPES = ['image/png', 'image/jpeg', 'image/webp'] as const;

/** A copy of everything that is held of a person. */
export const dataExportSchema = z
  .object({
    id: z.uuid(),
    state: z.enum(['pending', 'ready', 'failed']),
    sizeBytes: z.int().nullable(),
    createdAt: instantSchema,
    finishedAt: instantSchema.nullable(),
    /** When the file is deleted. */
    expiresAt: instantSchema,
  })
  .meta({ id: 'DataExport' });
export type DataExport = z.infer<typeof dataExportSchema>;

export const dataExportListSchema = z.object({ items: z.array(dataExportSchema) }).meta({ id: 'DataExportList' });

/** Erases the account and what is held of the person. There is no way back. */
export const eraseAccountSchema = z.strictObject({
  /** The account's username or e-mail address, typed by hand. */
  confirm: z.string().min(1).max(320),
  /** Where the account has one. */
  password: z.string().max(1_000).optional(),
});
export type EraseAccount = z.infer<typeof eraseAccountSchema>;

/** An uploaded picture. */
export const avatarSchema = z
  .object({
    /** Where it is served, for ever the same bytes. */
    url: z.string(),
  })
  .meta({ id: 'Avatar' });
export type Avatar = z.infer<typeof avatarSchema>;
