import { MAX_TIMEOUT_SECONDS, type MemberTimeout } from '@guildhall/contracts';
import { DomainError } from '../../platform/problems/domain-error.js';

/**
 * When a timeout ends; null ends one that runs.
 * @throws DomainError `validation-failed` for an end that has passed or is more than 28 days away
 */
export function timeoutEnd({ until, durationSeconds }: MemberTimeout, now: Date): Date | null {
  if (durationSeconds !== undefined) return new Date(now.getTime() + durationSeconds * 1000);
  if (until === undefined || until === null) return null;
  const end = new Date(until);
  if (end <= now) throw refused('must be in the future');
  if (end.getTime() > now.getTime() + MAX_TIMEOUT_SECONDS * 1000) throw refused('must be at most 28 days from now');
  return end;
}

function refused(message: string): DomainError {
  return new DomainError('validation-failed', { errors: [{ path: 'until', message }] });
}
