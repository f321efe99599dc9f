import { z } from 'zod';
import { snowflakeSchema } from './snowflake.js';

export const MAX_PAGE_LIMIT = 100;

const count = z.coerce.number().int();

/** Query parameters of every paged list; extend it with the list's own filters. */
export const pageQuerySchema = z.strictObject({
  page: count.min(1).max(1_000_000).default(1),
  limit: count.min(1).max(MAX_PAGE_LIMIT).default(25),
});

export type PageQuery = z.infer<typeof pageQuerySchema>;

/** One step of the order of a list. */
export interface SortStep<Field extends string> {
  field: Field;
  isDescending: boolean;
}

/**
 * The query parameter `sort`: fields in the order in which they count, `-` before those whose largest value comes first, as
 * in `-startAt,title`.
 * @param fallback the order when nothing is asked for
 */
export function sortSchema<const Field extends string>(
  fields: readonly [Field, ...Field[]],
  fallback: SortText<Field>,
) {
  const step = `-?(?:${fields.join('|')})`;
  return z
    .string()
    .regex(
      new RegExp(`^${step}(?:,${step})*$`),
      `must be a list of ${fields.join(', ')}, each with or without - before it`,
    )
    .refine(namesNothingTwice, 'must not name a field twice')
    .default(fallback)
    .transform((text) => stepsOf<Field>(text))
    .meta({ examples: [fallback] });
}

type SortText<Field extends string> = Field | `-${Field}` | `${Field | `-${Field}`},${Field | `-${Field}`}`;

function namesNothingTwice(text: string): boolean {
  const names = text.split(',').map((step) => step.replace(/^-/, ''));
  return new Set(names).size === names.length;
}

function stepsOf<Field extends string>(text: string): SortStep<Field>[] {
  return text.split(',').map((step) => {
    const isDescending = step.startsWith('-');
    // Safe: the pattern lets nothing else through.
    return { field: (isDescending ? step.slice(1) : step) as Field, isDescending };
  });
}

/** A page of `item`s with the metadata and links that lead to the other pages. */
export function pageSchema<T extends z.ZodType>(item: T) {
  return z.object({
    items: z.array(item),
    page: z.int(),
    limit: z.int(),
    total: z.int(),
    totalPages: z.int(),
    links: z.object({
      first: z.string(),
      prev: z.string().nullable(),
      next: z.string().nullable(),
      last: z.string(),
    }),
  });
}

export interface Page<T> {
  items: T[];
  page: number;
  limit: number;
  total: number;
  totalPages: number;
  links: { first: string; prev: string | null; next: string | null; last: string };
}

/** Query parameters of every message-like stream, newest first; `before` and `after` exclude the id they name. */
export const streamQuerySchema = z.strictObject({
  before: snowflakeSchema.optional(),
  after: snowflakeSchema.optional(),
  limit: count.min(1).max(MAX_PAGE_LIMIT).default(50),
});

export type StreamQuery = z.infer<typeof streamQuerySchema>;

/** A slice of a stream; `nextCursor` continues it, null at its end. */
export function streamSchema<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), nextCursor: snowflakeSchema.nullable() });
}

export interface Stream<T> {
  items: T[];
  nextCursor: z.infer<typeof snowflakeSchema> | null;
}

/** An instant as ISO 8601 in UTC. */
export const instantSchema = z.iso.datetime({ offset: true });
