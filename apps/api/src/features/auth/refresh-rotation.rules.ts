/** Where a refresh token came from: the cookie of a browser, or the body of a program's request. */
export type TokenChannel = 'cookie' | 'body';

/** How long a cookie that was just rotated is still honoured: tabs without a shared lock send the same one at once. */
export const GRACE_MS = 10_000;

export interface PresentedToken {
  expiresAt: Date;
  /** When its successor was given out; null while it is the newest of its family. */
  rotatedAt: Date | null;
}

/**
 * What to do with a refresh token that is in the database and whose session stands.
 * - `rotate`: it is the newest one, and gets a successor.
 * - `repeat`: its successor was just given out and nobody has used it; the same one is given again.
 * - `reuse`: somebody has it who should not; the whole family ends.
 * - `expired`: it was not used in time.
 */
export type RotationDecision = 'rotate' | 'repeat' | 'reuse' | 'expired';

export function decideRotation(
  token: PresentedToken,
  { channel, isSuccessorUsed, now }: { channel: TokenChannel; isSuccessorUsed: boolean; now: Date },
): RotationDecision {
  if (token.rotatedAt === null) return token.expiresAt > now ? 'rotate' : 'expired';
  const isJustRotated = now.getTime() - token.rotatedAt.getTime() <= GRACE_MS;
  return channel === 'cookie' && isJustRotated && !isSuccessorUsed ? 'repeat' : 'reuse';
}
