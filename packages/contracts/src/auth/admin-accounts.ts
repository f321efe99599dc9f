import { z } from 'zod';
import { emailSchema } from '../platform/email.js';
import { pageQuerySchema, pageSchema } from '../platform/lists.js';
import { localeSchema } from '../platform/locales.js';
import { accountSchema, platformRoleSchema } from './accounts.js';
import { displayNameSchema, emailSignInSchema } from './email-sign-in.js';

/** An account as the administrators of the instance see it. */
export const adminAccountSchema = accountSchema
  .extend({ isDisabled: z.boolean(), emailSignIn: emailSignInSchema.nullable() })
  .meta({ id: 'AdminAccount' });
export type AdminAccount = z.infer<typeof adminAccountSchema>;

export const adminAccountPageSchema = pageSchema(adminAccountSchema).meta({ id: 'AdminAccountPage' });

export const adminAccountQuerySchema = pageQuerySchema.extend({
  /** Part of a name or of an address. */
  q: z.string().trim().min(1).max(100).optional(),
  role: platformRoleSchema.optional(),
});
export type AdminAccountQuery = z.infer<typeof adminAccountQuerySchema>;

export const createAccountSchema = z.strictObject({
  email: emailSchema,
  displayName: displayNameSchema.optional(),
  role: platformRoleSchema.default('USER'),
  locale: localeSchema.default('en'),
  /** `mail` sends a link with which the person chooses a password; `generated` answers with one, once. */
  password: z.enum(['mail', 'generated']).default('mail'),
});
export type CreateAccount = z.infer<typeof createAccountSchema>;

export const createdAccountSchema = z
  .object({ account: adminAccountSchema, password: z.string().nullable() })
  .meta({ id: 'CreatedAccount' });
export type CreatedAccount = z.infer<typeof createdAccountSchema>;

export const adminUpdateAccountSchema = z
  .strictObject({
    role: platformRoleSchema.optional(),
    /** True keeps the person out and ends their sessions. */
    isDisabled: z.boolean().optional(),
  })
  .refine((body) => Object.keys(body).length > 0, 'names nothing to change')
  .meta({ examples: [{ role: 'MODERATOR' }] });
export type AdminUpdateAccount = z.infer<typeof adminUpdateAccountSchema>;
