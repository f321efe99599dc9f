import type { Snowflake, Stream, StreamQuery } from '@guildhall/contracts';

/** Forwards from an id only when nothing bounds the stream from above; everything else reads backwards from the newest. */
export function readsForwards({ before, after }: StreamQuery): boolean {
  return after !== undefined && before === undefined;
}

/**
 * A slice of a stream, newest first, from rows read in the direction of the query.
 * @param rows up to `limit + 1` of them: the one more tells that the stream goes on
 */
export function streamOf<T extends { id: Snowflake }>(rows: readonly T[], query: StreamQuery): Stream<T> {
  const items = rows.slice(0, query.limit);
  const nextCursor = rows.length > query.limit ? (items.at(-1)?.id ?? null) : null;
  return { items: readsForwards(query) ? items.toReversed() : items, nextCursor };
}
