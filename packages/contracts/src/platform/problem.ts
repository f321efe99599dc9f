import { z } from 'zod';

/**
 * Every error the API can answer with: its code, HTTP status and English title. The code is the last segment of the
 * problem's `type` and the key of its translation in every client.
 */
export const problemTable = {
  'bad-request': { status: 400, title: 'The request could not be understood' },
  'validation-failed': { status: 400, title: 'Some values are not acceptable' },
  unauthenticated: { status: 401, title: 'Sign in to continue' },
  'token-expired': { status: 401, title: 'The access token has expired' },
  'refresh-token-invalid': { status: 401, title: 'The session has ended' },
  'oauth-state-invalid': { status: 400, title: 'This sign-in attempt is no longer valid' },
  'oauth-denied': { status: 403, title: 'Discord sign-in was cancelled' },
  'oauth-failed': { status: 502, title: 'Discord did not complete the sign-in' },
  'sign-in-failed': { status: 401, title: 'The e-mail address or the password is wrong' },
  'sign-in-locked': { status: 429, title: 'Too many attempts: signing in is locked for a while' },
  'email-not-verified': { status: 403, title: 'Confirm your e-mail address first' },
  'account-disabled': { status: 403, title: 'An administrator has disabled this account' },
  'registration-closed': { status: 403, title: 'Registration is closed here' },
  'link-invalid': { status: 400, title: 'This link was already used or has expired' },
  'reauthentication-required': { status: 403, title: 'Prove again that it is you' },
  'password-wrong': { status: 403, title: 'The current password is wrong' },
  'password-too-weak': { status: 400, title: 'This password is too easy to guess' },
  'discord-already-linked': { status: 409, title: 'This Discord identity belongs to another account' },
  'last-sign-in-way': { status: 409, title: 'This is the only way to sign in to this account' },
  'session-code-invalid': { status: 401, title: 'This sign-in link was already used or has expired' },
  'missing-capability': { status: 403, title: 'You are not allowed to do this here' },
  'missing-role': { status: 403, title: 'Only an administrator of this Guildhall may do this' },
  'owner-only': { status: 403, title: 'Only the owner of the guild may do this' },
  'above-your-role': { status: 403, title: 'Nobody acts on an equal or a superior' },
  'not-found': { status: 404, title: 'There is nothing here' },
  'method-not-allowed': { status: 405, title: 'This method is not available here' },
  conflict: { status: 409, title: 'This does not fit the current state' },
  'request-in-flight': { status: 409, title: 'The same request is still under way' },
  'version-mismatch': { status: 412, title: 'Somebody changed this in the meantime' },
  'idempotency-key-reused': { status: 422, title: 'This idempotency key belongs to another request' },
  'headers-too-large': { status: 431, title: 'The headers of the request are too large' },
  'misdirected-request': { status: 421, title: 'This address is not served here' },
  'payload-too-large': { status: 413, title: 'The request is too large' },
  'unsupported-media-type': { status: 415, title: 'This kind of content is not accepted' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  'internal-error': { status: 500, title: 'Something went wrong on our side' },
  'discord-refused': { status: 409, title: 'Discord refused this' },
  'discord-missing-permission': { status: 409, title: 'The bot lacks a permission on Discord' },
  'discord-unavailable': { status: 503, title: 'Discord does not answer right now' },
  'discord-authorization-lost': { status: 401, title: 'Discord no longer confirms this sign-in' },
  'bot-unreachable': { status: 503, title: 'The bot is not connected' },
  unavailable: { status: 503, title: 'A part of Guildhall is temporarily unavailable' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemCode = keyof typeof problemTable;

/** Begins every problem's `type`. A URN, because a self-hosted Guildhall has no address of its own on the web. */
export const PROBLEM_TYPE_BASE = 'urn:guildhall:problem:';

/**
 * The body of every error answer, `application/problem+json`.
 * @see https://www.rfc-editor.org/rfc/rfc9457
 */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string().optional(),
    instance: z.string().optional(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    /** Discord's own error code, where Discord refused. */
    discordCode: z.int().optional(),
    requestId: z.string(),
  })
  .meta({ id: 'Problem' });

export type Problem = z.infer<typeof problemSchema>;

/** The code within a problem's `type`, or `internal-error` for one we do not know. */
export function problemCode(problem: Pick<Problem, 'type'>): ProblemCode {
  const code = problem.type.slice(PROBLEM_TYPE_BASE.length);
  return Object.hasOwn(problemTable, code) ? (code as ProblemCode) : 'internal-error';
}
