import { HttpException } from '@nestjs/common';
import type { ProblemCode } from '@guildhall/contracts';
import { sqlStateOf } from '../database/database-errors.rules.js';
import { isDatabaseAway, isRefusedValue } from '../database/database-failures.rules.js';
import { DomainError } from './domain-error.js';

/** What each HTTP status of Nest and Fastify is called among our problems. */
const codeOfStatus: Readonly<Record<number, ProblemCode>> = {
  400: 'bad-request',
  401: 'unauthenticated',
  403: 'missing-capability',
  404: 'not-found',
  405: 'method-not-allowed',
  413: 'payload-too-large',
  415: 'unsupported-media-type',
  429: 'too-many-requests',
  503: 'unavailable',
};

/** @see https://www.postgresql.org/docs/current/errcodes-appendix.html */
const FOREIGN_KEY_VIOLATION = '23503';

const DATABASE_AWAY = 'The database does not answer. Try again in a moment.';

/**
 * The problem within anything that was thrown while a request was handled. Only what we wrote ourselves reaches the caller:
 * messages of libraries may quote what they were given.
 */
export function problemOf(error: unknown): DomainError {
  if (error instanceof DomainError) return error;
  if (isDatabaseAway(error)) return new DomainError('unavailable', { detail: DATABASE_AWAY, cause: error });
  if (isRefusedValue(error)) {
    return new DomainError('bad-request', {
      detail: 'The request contains a value that cannot be stored.',
      cause: error,
    });
  }
  if (sqlStateOf(error) === FOREIGN_KEY_VIOLATION) {
    return new DomainError('conflict', {
      detail: 'Something that this refers to was deleted a moment ago. Look again.',
      logLevel: 'warn',
      cause: error,
    });
  }
  const status = httpStatusOf(error);
  // A status of 5xx thrown by a library is a fault of ours that nobody foresaw, except the one that asks for patience.
  if (status === undefined || (status >= 500 && status !== 503))
    return new DomainError('internal-error', { cause: error });
  const code = codeOfStatus[status] ?? 'bad-request';
  const detail = detailOf(code, error);
  return new DomainError(code, { cause: error, ...(detail !== undefined && { detail }) });
}

/** The status that Nest or Fastify gave an error; undefined for everything else. */
function httpStatusOf(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  if (error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number') return error.statusCode;
  return undefined;
}

const details: Partial<Record<ProblemCode, string>> = {
  'payload-too-large': 'Send at most 1 MiB.',
  'unsupported-media-type': 'Send the body as application/json.',
};

function detailOf(code: ProblemCode, error: unknown): string | undefined {
  return isBrokenJson(error) ? 'The body is not valid JSON.' : details[code];
}

function isBrokenJson(error: unknown): boolean {
  for (let current = error; current instanceof Error; current = current.cause) {
    if (current instanceof SyntaxError) return true;
    if ('code' in current && String(current.code).includes('JSON_BODY')) return true;
  }
  return false;
}
