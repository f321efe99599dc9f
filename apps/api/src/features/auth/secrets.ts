import { createHash, randomBytes } from 'node:crypto';

/** 64 hexadecimal digits that nobody can guess. */
export function randomHex(): string {
  return randomBytes(32).toString('hex');
}

/** 32 bytes that nobody can guess, as base64url. */
export function randomToken(): string {
  return randomBytes(32).toString('base64url');
}

/** SHA-256: what is kept of a secret that is only ever compared. */
export function sha256(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
