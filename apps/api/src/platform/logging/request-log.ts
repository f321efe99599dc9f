import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { redactUrl } from './redact-url.rules.js';

/** One line per answered request; probes and page assets only at `debug`. */
export function logRequests(server: FastifyInstance, logger: Logger): void {
  server.addHook('onResponse', async (request, reply) => {
    const level = isOfInterest(request) ? 'info' : 'debug';
    logger[level](describe(request, reply), 'answered a request');
  });
}

function isOfInterest({ url }: FastifyRequest): boolean {
  return url.startsWith('/api/');
}

function describe(request: FastifyRequest, reply: FastifyReply): object {
  return {
    requestId: request.id,
    method: request.method,
    url: redactUrl(request.url),
    status: reply.statusCode,
    durationMs: Math.round(reply.elapsedTime),
    ip: request.ip,
  };
}
