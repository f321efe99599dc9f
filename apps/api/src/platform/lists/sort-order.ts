import type { SortStep } from '@guildhall/contracts';
import { type AnyColumn, type SQL, sql } from 'drizzle-orm';

/**
 * The SQL order that a `sort` parameter asks for; what has no value comes last in both directions. Add a unique column at the
 * end, so that pages do not overlap.
 */
export function sortOrder<Field extends string>(
  steps: readonly SortStep<Field>[],
  columns: Readonly<Record<Field, SQL | AnyColumn>>,
): SQL[] {
  return steps.map(({ field, isDescending }) =>
    isDescending ? sql`${columns[field]} desc nulls last` : sql`${columns[field]} asc nulls last`,
  );
}
