import { type SQL, sql } from 'drizzle-orm';

/** A column of the rows: its SQL type and its value in each row, as text or anything that PostgreSQL reads from text. */
export type UnnestColumn<Row> = readonly [
  type: 'bigint' | 'text' | 'int' | 'boolean' | 'numeric' | 'timestamptz',
  valueOf: (row: Row) => string | number | boolean | null,
];

/**
 * Many rows as one array parameter for each column, to insert from: `unnest($1::bigint[], $2::text[])`. The statement stays
 * the same whatever the number of rows, and never meets the limit of 65,535 parameters.
 */
export function unnest<Row>(rows: readonly Row[], columns: readonly UnnestColumn<Row>[]): SQL {
  const arrays = columns.map(([type, valueOf]) => sql`${sql.param(rows.map(valueOf))}::${sql.raw(type)}[]`);
  return sql`unnest(${sql.join(arrays, sql`, `)})`;
}

/** Ids as one array parameter: `id = any(${idArray(ids)})`. */
export function idArray(ids: readonly string[]): SQL {
  return sql`${sql.param(ids)}::bigint[]`;
}
