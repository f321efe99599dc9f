import { randomUUID } from 'node:crypto';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ApiConfig } from '../../config.js';
import { problemOf } from '../problems/problem-of.rules.js';
import { sendProblem } from '../problems/render-problem.js';
import { MAX_HEADER_BYTES, refuseMalformed } from './refuse-malformed.js';

/** Larger bodies are refused with 413; uploads get a limit of their own. */
const BODY_LIMIT_BYTES = 1024 * 1024;

/** Fastify as we run it: our request ids, our limits, and problems even for addresses it cannot decode. */
export function createServerAdapter({ TRUSTED_PROXIES }: Pick<ApiConfig, 'TRUSTED_PROXIES'>): FastifyAdapter {
  return new FastifyAdapter({
    bodyLimit: BODY_LIMIT_BYTES,
    http: { maxHeaderSize: MAX_HEADER_BYTES },
    clientErrorHandler: refuseMalformed,
    // An id chosen by the caller could be made to look like another request's.
    genReqId: () => randomUUID(),
    logger: false,
    // During a stop, requests on open connections are still answered; `close` waits for them.
    return503OnClosing: false,
    trustProxy: TRUSTED_PROXIES?.split(',').map((address) => address.trim()) ?? false,
    multipart: false,
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) =>
      sendProblem(problemOf(error), request, reply),
  });
}
