import { storableJson } from '../ingest/storable-json.rules.js';

/** A value as `jsonb` gives it back: dates as text, nothing undefined, nothing that PostgreSQL refuses. */
export function asStored(value: unknown): unknown {
  return storableJson(JSON.parse(JSON.stringify(value ?? null)));
}

/**
 * One text for one JSON value, however its keys were ordered: what hashes of the audit log are made of. Keys are sorted by
 * UTF-16 code unit, there is no white space, numbers and strings are written as JavaScript writes them.
 * @see https://www.rfc-editor.org/rfc/rfc8785
 */
export function canonicalJson(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(',')}}`;
}
