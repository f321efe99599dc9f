import { type ArgumentsHost, Catch, type ExceptionFilter, Inject } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { RouteTable } from '../http/route-table.js';
import { LOGGER } from '../logging/logging.module.js';
import { redactUrl } from '../logging/redact-url.rules.js';
import { DomainError } from './domain-error.js';
import { problemOf } from './problem-of.rules.js';
import { sendProblem } from './render-problem.js';

/** The one place where errors become answers: whatever a route throws leaves as a problem document. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly routes: RouteTable,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const problem = request.is404 ? this.unrouted(request, reply) : problemOf(error);
    this.logger[problem.logLevel](
      {
        requestId: request.id,
        method: request.method,
        url: redactUrl(request.url),
        code: problem.code,
        err: problem.status >= 500 ? (problem.cause ?? problem) : undefined,
      },
      'a request ended in a problem',
    );
    if (!reply.sent) sendProblem(problem, request, reply);
  }

  /** No route took the request: the address is wrong, or only the method. */
  private unrouted(request: FastifyRequest, reply: FastifyReply): DomainError {
    const methods = this.routes.methodsOf(request.url.split('?', 1)[0] ?? '');
    if (methods.length === 0)
      return new DomainError('not-found', { detail: 'This address does not exist. See /api/docs.' });
    void reply.header('allow', methods.join(', '));
    return new DomainError('method-not-allowed', { detail: `Use ${methods.join(' or ')}.` });
  }
}
