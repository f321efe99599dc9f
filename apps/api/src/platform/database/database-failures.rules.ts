import { sqlStateOf } from './database-errors.rules.js';

/**
 * SQLSTATE classes of a server that is there but cannot serve: connection exception, a database that is gone, insufficient
 * resources, operator intervention (shutdown), system error.
 * @see https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const AWAY_CLASSES: ReadonlySet<string> = new Set(['08', '3D', '53', '57', '58']);

/** Without a server: what the socket says, and the pool when no connection came free in time. */
const AWAY_SOCKET_CODES: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);
const AWAY_MESSAGES =
  /connection terminated|client has encountered a connection error|timeout exceeded when trying to connect|connection timeout/i;

/** Whether a statement failed because PostgreSQL could not be reached or is about to stop. */
export function isDatabaseAway(error: unknown): boolean {
  const state = sqlStateOf(error);
  if (state !== null) return AWAY_CLASSES.has(state.slice(0, 2));
  // A lost socket further down the chain may be anybody's; a query's is the database's.
  return isLostConnection(error) || (isFailedQuery(error) && causes(error).some(isLostConnection));
}

/** Whether PostgreSQL refused a value for what it is: a NUL character, a number that is too large. */
export function isRefusedValue(error: unknown): boolean {
  return sqlStateOf(error)?.startsWith('22') ?? false;
}

function isFailedQuery(error: unknown): boolean {
  return error instanceof Error && error.constructor.name === 'DrizzleQueryError';
}

function isLostConnection(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (AWAY_MESSAGES.test(error.message)) return true;
  const reasons = error instanceof AggregateError ? error.errors : [error];
  return reasons.some(
    (reason) => reason instanceof Error && 'code' in reason && AWAY_SOCKET_CODES.has(String(reason.code)),
  );
}

function causes(error: unknown): Error[] {
  const chain: Error[] = [];
  for (let current = error; current instanceof Error; current = current.cause) chain.push(current);
  return chain;
}
