import { randomUUIDv7 } from 'node:crypto';

/**
 * A new id of our own: UUIDv7, which grows with time, so that rows written together lie together.
 * @see https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-7
 */
export function newId(): string {
  return randomUUIDv7();
}
