import { DrizzleQueryError } from 'drizzle-orm';

/** SQLSTATE of a failed statement, wherever it hides in the chain of causes; null when PostgreSQL did not answer. */
export function sqlStateOf(error: unknown): string | null {
  for (let current = error; current instanceof Error; current = current.cause) {
    if ('code' in current && typeof current.code === 'string' && 'severity' in current) return current.code;
  }
  return null;
}

/** Two transactions stood in each other's way; the same one succeeds when it is tried again. */
const COLLISIONS: ReadonlySet<string> = new Set(['40001', '40P01', '55P03']);

/** Whether the same transaction is worth another try at once. */
export function isCollision(error: unknown): boolean {
  const state = sqlStateOf(error);
  return state !== null && COLLISIONS.has(state);
}

/**
 * Classes of SQLSTATE that blame the data: cardinality, data exception, integrity constraint, limits exceeded.
 * @see https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const DATA_ERROR_CLASSES: ReadonlySet<string> = new Set(['21', '22', '23', '54']);

/**
 * Whether an event is to blame for this failure, so that it can be set aside and its lane goes on. A lost connection, a
 * full disk, a missing table or a collision are not its fault: there the whole batch has to come again.
 */
export function isFaultOfTheEvent(error: unknown): boolean {
  const state = sqlStateOf(error);
  if (state !== null) return DATA_ERROR_CLASSES.has(state.slice(0, 2));
  return !isQueryFailure(error);
}

/** A statement that failed without an answer of PostgreSQL: the connection is gone. */
function isQueryFailure(error: unknown): boolean {
  for (let current = error; current instanceof Error; current = current.cause) {
    if (current instanceof DrizzleQueryError) return true;
  }
  return false;
}

/**
 * What went wrong at the bottom of it, for logs and reasons: the errors around it repeat the statement with all its values,
 * and those may hold what people wrote.
 */
export function rootCauseOf(error: unknown): unknown {
  let current = error;
  while (current instanceof Error && current.cause instanceof Error) current = current.cause;
  return current;
}
