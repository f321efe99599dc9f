import { createHash, randomBytes } from 'node:crypto';
import type { InvitationState } from '@guildhall/contracts';

/** How long the link of an invitation works. */
export const INVITATION_DAYS = 7;
const DAY_MS = 86_400_000;
const TOKEN_BYTES = 32;

/** What happened to an invitation. */
export interface InvitationFate {
  expiresAt: Date;
  acceptedAt: Date | null;
  revokedAt: Date | null;
}

export function stateOf({ expiresAt, acceptedAt, revokedAt }: InvitationFate, now: Date): InvitationState {
  if (acceptedAt !== null) return 'accepted';
  if (revokedAt !== null) return 'revoked';
  return expiresAt <= now ? 'expired' : 'open';
}

/** The instant from which on an invitation made `now` cannot be accepted any more. */
export function expiryOf(now: Date): Date {
  return new Date(now.getTime() + INVITATION_DAYS * DAY_MS);
}

/** The secret of a link: 43 characters of base64url. */
export function newToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

/** What is kept of it: with 256 random bits a plain hash cannot be turned back. */
export function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
