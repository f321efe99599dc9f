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
