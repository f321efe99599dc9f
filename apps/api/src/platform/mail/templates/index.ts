import { z } from 'zod';
import { invitation } from './invitation.js';
import { accountExists, lockOutNotice, passwordChanged, resetPassword, verifyEmail } from './account.js';

/** Every mail that Guildhall sends. */
export const mailTemplates = {
  'verify-email': verifyEmail,
  'reset-password': resetPassword,
  'password-changed': passwordChanged,
  'account-exists': accountExists,
  'lock-out-notice': lockOutNotice,
  invitation,
};

export type MailTemplate = keyof typeof mailTemplates;

/** What has to be known for a mail of this kind. */
export type MailValues<T extends MailTemplate> = z.input<(typeof mailTemplates)[T]['values']>;
