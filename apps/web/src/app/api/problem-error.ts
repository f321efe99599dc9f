import type { Problem, ProblemCode } from '@guildhall/contracts';

/** `offline` stands for no answer at all: the one failure the API cannot describe itself. */
export type FailureCode = ProblemCode | 'offline';

/** Every code that has its own sentence in the locale files; the compiler keeps it complete. */
const translatedCodes = {
  'bad-request': true,
  'validation-failed': true,
  unauthenticated: true,
  'token-expired': true,
  'refresh-token-invalid': true,
  'oauth-state-invalid': true,
  'oauth-denied': true,
  'oauth-failed': true,
  'session-code-invalid': true,
  'missing-capability': true,
  'not-found': true,
  'method-not-allowed': true,
  'payload-too-large': true,
  'unsupported-media-type': true,
  'too-many-requests': true,
  'internal-error': true,
  'bot-unreachable': true,
  unavailable: true,
  offline: true,
} as const satisfies Record<FailureCode, true>;

export const FAILURE_CODES = Object.keys(translatedCodes) as FailureCode[];

/** A request failed; `code` selects the sentence shown, `requestId` finds the request in the logs. */
export class ProblemError extends Error {
  constructor(
    readonly code: FailureCode,
    readonly requestId: string | null = null,
    options?: ErrorOptions,
  ) {
    super(`The API answered with ${code}`, options);
    this.name = 'ProblemError';
  }
}

/** The known code that `value` names, or `internal-error`. */
export function failureCode(value: string | null | undefined): FailureCode {
  return value != null && Object.hasOwn(translatedCodes, value) ? (value as FailureCode) : 'internal-error';
}

/** Whatever was thrown, as the failure to show. */
export function asProblemError(error: unknown): ProblemError {
  return error instanceof ProblemError ? error : new ProblemError('internal-error', null, { cause: error });
}

/**
 * The failure within an answer that is not a success. An answer without a problem document comes from a proxy in front
 * of the API, so its status decides.
 */
export async function readProblem(response: Response): Promise<ProblemError> {
  const body: unknown = await response.json().catch(() => null);
  if (isProblem(body)) return new ProblemError(failureCode(body.type.split(':').at(-1)), body.requestId);
  return new ProblemError(codeOfStatus(response.status));
}

function isProblem(body: unknown): body is Pick<Problem, 'type' | 'requestId'> {
  if (typeof body !== 'object' || body === null) return false;
  const { type, requestId } = body as Record<string, unknown>;
  return typeof type === 'string' && typeof requestId === 'string';
}

function codeOfStatus(status: number): FailureCode {
  if (status === 401) return 'unauthenticated';
  if (status === 403) return 'missing-capability';
  if (status === 404) return 'not-found';
  if (status === 429) return 'too-many-requests';
  return status >= 502 && status <= 504 ? 'unavailable' : 'internal-error';
}
