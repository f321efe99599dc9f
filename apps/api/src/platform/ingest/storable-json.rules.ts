/** Deeper than any event of Discord; what lies below is cut, since PostgreSQL limits the depth of `jsonb`. */
const MAX_DEPTH = 64;
const CUT = '…';

/**
 * A copy of a value that `jsonb` takes, whatever was sent: without NUL characters, lone surrogates and endless nesting.
 * Those are marked, so that a poisoned event cannot also poison the place where it is set aside.
 */
export function storableJson(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return storableText(value);
  if (typeof value !== 'object' || value === null) return value ?? null;
  if (depth >= MAX_DEPTH) return CUT;
  if (Array.isArray(value)) return value.map((item) => storableJson(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [storableText(key), storableJson(item, depth + 1)]),
  );
}

/** Text without what PostgreSQL refuses: NUL and lone surrogates become U+FFFD. */
export function storableText(text: string): string {
  return text.replaceAll('\0', '\uFFFD').toWellFormed();
}
