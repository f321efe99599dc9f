import type { MessageRecord } from '../state/model.js';

/** What a message should say: a part of its text, a regular expression, or any condition. */
export type Pattern = string | RegExp | ((message: MessageRecord) => boolean);

/** Where a message keeps what people read, beside its content. */
const TEXT_KEYS = new Set(['title', 'description', 'content', 'name', 'value', 'text']);

/** Everything people read in a message: its content, the texts of its embeds and of its text components, line by line. */
export function textOf({
  content,
  embeds,
  components,
}: Pick<MessageRecord, 'content' | 'embeds' | 'components'>): string {
  return [content, ...textsIn(embeds), ...textsIn(components)].filter((text) => text !== '').join('\n');
}

function textsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) =>
    typeof part === 'string' ? (TEXT_KEYS.has(key) ? [part] : []) : textsIn(part),
  );
}

export function fits(pattern: Pattern | undefined, message: MessageRecord): boolean {
  if (pattern === undefined) return true;
  if (typeof pattern === 'function') return pattern(message);
  const text = textOf(message);
  // A regular expression with /g or /y would remember where it stopped.
  return typeof pattern === 'string'
    ? text.includes(pattern)
    : new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, '')).test(text);
}

export function describePattern(pattern: Pattern | undefined): string {
  if (pattern === undefined) return 'anything';
  if (typeof pattern === 'function') return 'what was expected';
  return typeof pattern === 'string' ? JSON.stringify(pattern) : String(pattern);
}

/** One line of a message for a report. */
export function shorten(text: string, maxLength = 120): string {
  const line = text.replaceAll(/\s*\n\s*/g, ' ⏎ ');
  return line.length > maxLength ? `${line.slice(0, maxLength - 1)}…` : line;
}
