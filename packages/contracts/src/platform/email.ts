import { z } from 'zod';

/** The longest address that can be written to. @see https://www.rfc-editor.org/rfc/rfc5321#section-4.5.3.1.3 */
const MAX_EMAIL_LENGTH = 254;

/**
 * A mail address. It is refused rather than repaired: spaces and line breaks around it are how headers are smuggled into
 * mails.
 */
export const emailSchema = z
  .email('must be a mail address')
  .max(MAX_EMAIL_LENGTH, `must have at most ${MAX_EMAIL_LENGTH} characters`)
  .meta({ examples: ['ada@example.org'] });
