import { DomainError } from '../problems/domain-error.js';

/** One entity tag, weak or strong. @see https://www.rfc-editor.org/rfc/rfc9110#name-etag */
const ENTITY_TAG = /^(?<weak>W\/)?"(?<opaque>[\x21\x23-\x7e\x80-\xff]*)"$/;
const VERSION = /^(?:0|[1-9]\d{0,9})$/;

/**
 * The version that an `If-Match` header asks for; null where it is absent or `*`, by which any version will do. A tag that
 * cannot be one of ours, like every weak one, matches nothing.
 * @throws DomainError `bad-request` for what is not one entity tag; `version-mismatch` for a tag that matches nothing
 * @see https://www.rfc-editor.org/rfc/rfc9110#name-if-match
 */
export function versionOfIfMatch(header: string | undefined): number | null {
  const value = header?.trim();
  if (value === undefined || value === '*') return null;
  const tag = ENTITY_TAG.exec(value)?.groups;
  if (!tag) throw new DomainError('bad-request', { detail: 'Send one version: If-Match: "7", as in the ETag.' });
  const { weak, opaque = '' } = tag;
  if (weak !== undefined || !VERSION.test(opaque)) {
    throw new DomainError('version-mismatch', { detail: 'This is no version of it. Fetch it again.' });
  }
  return Number(opaque);
}

/** The entity tag of a version. */
export function entityTagOf(version: number): string {
  return `"${version}"`;
}
