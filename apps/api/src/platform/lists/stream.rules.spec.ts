import type { Snowflake, StreamQuery } from '@guildhall/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readsForwards, streamOf } from './stream.rules.js';

const row = (id: number) => ({ id: String(id) as Snowflake });

/** What a database would answer for the query, from a stream of the ids 1 to `count`. */
function read(count: number, query: StreamQuery) {
  const all = Array.from({ length: count }, (_, index) => row(index + 1));
  const wanted = all.filter(
    ({ id }) =>
      (!query.before || Number(id) < Number(query.before)) && (!query.after || Number(id) > Number(query.after)),
  );
  return streamOf((readsForwards(query) ? wanted : wanted.toReversed()).slice(0, query.limit + 1), query);
}

describe('streamOf', () => {
  it('gives the newest first, also when it reads forwards', () => {
    expect(read(9, { limit: 3 }).items).toEqual([row(9), row(8), row(7)]);
    expect(read(9, { after: '4' as Snowflake, limit: 3 }).items).toEqual([row(7), row(6), row(5)]);
  });

  it('reads the whole stream once by following the cursor, in either direction', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 60 }),
        fc.integer({ min: 1, max: 20 }),
        fc.boolean(),
        (count, limit, forwards) => {
          const seen: string[] = [];
          let query: StreamQuery = forwards ? { after: '0' as Snowflake, limit } : { limit };
          for (;;) {
            const { items, nextCursor } = read(count, query);
            seen.push(...items.map(({ id }) => id));
            if (nextCursor === null) break;
            query = forwards ? { after: nextCursor, limit } : { before: nextCursor, limit };
          }
          const all = Array.from({ length: count }, (_, index) => String(index + 1));
          expect(seen.toSorted((a, b) => Number(a) - Number(b))).toEqual(all);
        },
      ),
    );
  });
});
