import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { defer, lastValueFrom, type Observable } from 'rxjs';
import { callerOf } from '../identity/identity.js';
import { IS_PUBLIC } from '../identity/public.js';
import { identityOf } from '../identity/request-identity.js';
import { DomainError, type DomainErrorOptions } from '../problems/domain-error.js';
import { problemOf } from '../problems/problem-of.rules.js';
import { IGNORES_IDEMPOTENCY_KEY } from './idempotency-key.js';
import { fingerprintOf, IDEMPOTENCY_REPLAYED_HEADER, readIdempotencyKey } from './idempotency.rules.js';
import { type Answer, Idempotency, type KeyedRequest } from './idempotency.js';

/** What is given again with an answer; the rest belongs to a request or to its moment. */
const KEPT_HEADERS = ['etag', 'location'] as const;

/** Honours `Idempotency-Key` on every `POST` of a known caller. */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly idempotency: Idempotency,
  ) {}

  /** @throws DomainError `bad-request` for a malformed key, and those of `Idempotency.once` */
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = this.keyedRequest(context);
    if (!request) return next.handle();
    return defer(() => this.carryOut(request, next, context.switchToHttp().getResponse<FastifyReply>()));
  }

  private keyedRequest(context: ExecutionContext): KeyedRequest | null {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (request.method !== 'POST') return null;
    const key = readIdempotencyKey(request.headers['idempotency-key']);
    if (key === null || this.isIgnoredBy(context)) return null;
    return { caller: callerOf(identityOf(request)), key, fingerprint: fingerprintOf(request) };
  }

  private isIgnoredBy(context: ExecutionContext): boolean {
    const targets = [context.getHandler(), context.getClass()];
    return [IS_PUBLIC, IGNORES_IDEMPOTENCY_KEY].some(
      (mark) => this.reflector.getAllAndOverride<boolean | undefined>(mark, targets) ?? false,
    );
  }

  private async carryOut(request: KeyedRequest, next: CallHandler, reply: FastifyReply): Promise<unknown> {
    const outcome: { body?: unknown; problem?: DomainError } = {};
    const kept = await this.idempotency.once(request, async () => {
      try {
        outcome.body = await lastValueFrom(next.handle(), { defaultValue: undefined });
        return answerOf(reply, outcome.body);
      } catch (error) {
        outcome.problem = problemOf(error);
        return answerOfProblem(outcome.problem);
      }
    });
    if (kept) return replay(kept, reply);
    if (outcome.problem) throw outcome.problem;
    return outcome.body;
  }
}

/** Null for what was written to the connection directly: nobody knows what it was. */
function answerOf(reply: FastifyReply, body: unknown): Answer | null {
  if (reply.sent) return null;
  const headers = KEPT_HEADERS.flatMap((name) => {
    const value = reply.getHeader(name);
    return typeof value === 'string' ? [[name, value] as const] : [];
  });
  return { status: reply.statusCode, body, headers: Object.fromEntries(headers) };
}

/** What a problem is made of, rather than the problem: each time it carries the id of its own request. */
interface KeptProblem extends Pick<DomainErrorOptions, 'detail' | 'errors' | 'discordCode'> {
  code: DomainError['code'];
}

function answerOfProblem({ status, code, detail, errors, discordCode }: DomainError): Answer {
  return { status, body: { code, detail, errors, discordCode }, headers: {} };
}

/** @throws DomainError where the first answer was a problem */
function replay({ status, body, headers }: Answer, reply: FastifyReply): unknown {
  void reply.header(IDEMPOTENCY_REPLAYED_HEADER, 'true');
  if (status >= 400) {
    // Safe: `answerOfProblem` wrote it.
    const { code, detail, errors, discordCode } = body as KeptProblem;
    throw new DomainError(code, {
      ...(detail !== undefined && { detail }),
      ...(errors && { errors }),
      ...(discordCode !== undefined && { discordCode }),
    });
  }
  void reply.status(status).headers(headers);
  return body;
}
