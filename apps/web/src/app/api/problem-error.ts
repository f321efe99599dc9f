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
  'sign-in-failed': true,
  'sign-in-locked': true,
  'email-not-verified': true,
  'account-disabled': true,
  'registration-closed': true,
  'link-invalid': true,
  'reauthentication-required': true,
  'password-wrong': true,
  'password-too-weak': true,
  'discord-already-linked': true,
  'last-sign-in-way': true,
  'missing-role': true,
  'owner-only': true,
  'above-your-role': true,
  conflict: true,
  'request-in-flight': true,
  'version-mismatch': true,
  'idempotency-key-reused': true,
  'headers-too-large': true,
  'misdirected-request': true,
  'discord-refused': true,
  'discord-missing-permission': true,
  'discord-unavailable': true,
  'discord-authorization-lost': true,
  unavailable: true,
  offline: true,
} as const satisfies Record<FailureCode, true>;

export const FAILURE_CODES = Object.keys(translatedCodes) as FailureCode[];

/** A request failed; `code` selects the sentence shown, `requestId` finds the request in the logs. */
export class ProblemError extends Error {
  /** The values that were not accepted, by the path of their field; the messages are in English. */
  readonly fields: ReadonlyMap<string, string>;

  constructor(
    readonly code: FailureCode,
    readonly requestId: string | null = null,
    { errors = [], ...options }: ErrorOptions & { errors?: Problem['errors'] } = {},
  ) {
    super(`The API answered with ${code}`, options);
    this.name = 'ProblemError';
    this.fields = new Map(errors.map(({ path, message }) => [path, message]));
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
  if (isProblem(body)) {
    return new ProblemError(failureCode(body.type.split(':').at(-1)), body.requestId, { errors: body.errors });
  }
  return new ProblemError(codeOfStatus(response.status));
}

function isProblem(body: unknown): body is Pick<Problem, 'type' | 'requestId' | 'errors'> {
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
