import { z } from 'zod';
import { emailSchema } from '../platform/email.js';
import { localeSchema } from '../platform/locales.js';

const MIN_PASSWORD_LENGTH = 8;
const MAX_PASSWORD_LENGTH = 128;

/** A password to be: any characters, kept exactly as they come. Whether it is easy to guess is judged with the account. */
export const newPasswordSchema = z
  .string()
  .min(MIN_PASSWORD_LENGTH)
  .max(MAX_PASSWORD_LENGTH)
  .meta({ examples: ['four brass lanterns swing'] });

/** A password that somebody claims to be theirs. */
const givenPasswordSchema = z
  .string()
  .min(1)
  .max(MAX_PASSWORD_LENGTH)
  .meta({ examples: ['four brass lanterns swing'] });

/** What people are called in Guildhall: one line. */
export const displayNameSchema = z
  .string()
  .trim()
  .min(1)
  .max(80)
  .regex(/^\P{Cc}*$/u, 'must be one line')
  .meta({ examples: ['Camille Martin'] });

/** The secret of a link that was mailed. */
const linkTokenSchema = z
  .string()
  .min(1)
  .max(200)
  .meta({ examples: ['oLjFx0Q2v3nP1sT8bYd5RkWc7ZgUe9HmAiXqNtVyJfM'] });

export const loginSchema = z.strictObject({
  email: emailSchema,
  password: givenPasswordSchema,
  /** `cookie` for browsers: the refresh token goes into a cookie that no script can read. */
  session: z.enum(['cookie', 'tokens']).default('tokens'),
});
export type Login = z.infer<typeof loginSchema>;

export const registerAccountSchema = z.strictObject({
  email: emailSchema,
  password: newPasswordSchema,
  /** The part of the address before the `@` when absent. */
  displayName: displayNameSchema.optional(),
  locale: localeSchema.optional(),
  /** The token of an invitation mailed to this address: it is accepted at once, also where registration is closed. */
  invitation: linkTokenSchema.optional(),
});
export type RegisterAccount = z.infer<typeof registerAccountSchema>;

/** What everybody gets whose request is looked at later, so that the answer tells nothing about who has an account. */
export const acceptedSchema = z.object({ status: z.literal('accepted') }).meta({ id: 'Accepted' });
export type Accepted = z.infer<typeof acceptedSchema>;

export const verifyEmailSchema = z.strictObject({ token: linkTokenSchema });
export type VerifyEmail = z.infer<typeof verifyEmailSchema>;

export const forgotPasswordSchema = z.strictObject({ email: emailSchema });
export type ForgotPassword = z.infer<typeof forgotPasswordSchema>;

export const resetPasswordSchema = z.strictObject({ token: linkTokenSchema, password: newPasswordSchema });
export type ResetPassword = z.infer<typeof resetPasswordSchema>;

export const changePasswordSchema = z.strictObject({
  currentPassword: givenPasswordSchema,
  newPassword: newPasswordSchema,
});
export type ChangePassword = z.infer<typeof changePasswordSchema>;

/**
 * Proof that it is still the person and not somebody at their open session, where a way to sign in is added or taken away.
 * Absent for who has no password: they have to have signed in within the last 15 minutes.
 */
const proofShape = { currentPassword: givenPasswordSchema.optional() };

/** A request that needs no more than that; no body at all is as good as an empty one. */
export const proofSchema = z.strictObject(proofShape).prefault({});
export type Proof = z.infer<typeof proofSchema>;

export const addEmailSchema = z.strictObject({ email: emailSchema, password: newPasswordSchema, ...proofShape });
export type AddEmail = z.infer<typeof addEmailSchema>;

/** How an account signs in by e-mail. */
export const emailSignInSchema = z
  .object({
    email: z.string(),
    /** False until a mailed link was opened: until then it opens nothing. */
    isVerified: z.boolean(),
    /** False until an invited person has chosen one. */
    hasPassword: z.boolean(),
  })
  .meta({ id: 'EmailSignIn' });
export type EmailSignInFacts = z.infer<typeof emailSignInSchema>;

/** The ways in which the person can sign in. */
export const signInWaysSchema = z
  .object({ isDiscordLinked: z.boolean(), email: emailSignInSchema.nullable() })
  .meta({ id: 'SignInWays' });
export type SignInWays = z.infer<typeof signInWaysSchema>;
