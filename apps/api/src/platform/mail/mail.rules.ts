import { z } from 'zod';
import { DomainError } from '../problems/domain-error.js';
import type { Mail } from './mailer.js';

/** Longest address that SMTP takes. @see https://www.rfc-editor.org/rfc/rfc5321#section-4.5.3.1.3 */
const MAX_ADDRESS_LENGTH = 254;
const MAX_SUBJECT_LENGTH = 200;

const headers = z.object({
  to: z.email('must be one e-mail address').max(MAX_ADDRESS_LENGTH),
  // A line feed would begin another header.
  subject: z
    .string()
    .min(1)
    .max(MAX_SUBJECT_LENGTH)
    .regex(/^\P{Cc}*$/u, 'must be one line'),
});

/** @throws DomainError `validation-failed` for an address or a subject that could say more than it should */
export function checkMail({ to, subject }: Pick<Mail, 'to' | 'subject'>): void {
  const checked = headers.safeParse({ to, subject });
  if (checked.success) return;
  throw new DomainError('validation-failed', {
    errors: checked.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })),
  });
}
