import { type Problem, PROBLEM_TYPE_BASE, problemTable } from '@guildhall/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { DomainError } from './domain-error.js';

export const PROBLEM_MEDIA_TYPE = 'application/problem+json';

/**
 * The body that describes a problem of this request.
 * @see https://www.rfc-editor.org/rfc/rfc9457
 */
export function renderProblem(error: DomainError, request: FastifyRequest): Problem {
  return {
    type: `${PROBLEM_TYPE_BASE}${error.code}`,
    title: problemTable[error.code].title,
    status: error.status,
    ...(error.detail !== undefined && { detail: error.detail }),
    instance: request.url.split('?', 1)[0] ?? request.url,
    ...(error.errors && { errors: error.errors }),
    ...(error.discordCode !== undefined && { discordCode: error.discordCode }),
    requestId: request.id,
  };
}

/** Answers a request with a problem. */
export function sendProblem(error: DomainError, request: FastifyRequest, reply: FastifyReply): void {
  if (error.retryAfterSeconds !== undefined) {
    void reply.header('retry-after', String(Math.max(1, Math.ceil(error.retryAfterSeconds))));
  }
  // Serialized here: Fastify takes only strings where the media type is not plain JSON.
  void reply
    .code(error.status)
    // Set again for addresses that cannot be decoded, which no hook gets to see.
    .header('x-request-id', request.id)
    .header('cache-control', 'no-store')
    .header('content-type', PROBLEM_MEDIA_TYPE)
    .send(JSON.stringify(renderProblem(error, request)));
}
