import { applyDecorators, createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { readIdempotencyKey } from './idempotency.rules.js';

export const IGNORES_IDEMPOTENCY_KEY = Symbol('IgnoresIdempotencyKey');

/** In the OpenAPI document: that an operation does not look at the header. */
export const IGNORES_IDEMPOTENCY_KEY_EXTENSION = 'x-guildhall-ignores-idempotency-key';

/**
 * For a `POST` whose answer must not be kept, because it hands out a session or its effect is on the browser itself: the
 * header `Idempotency-Key` is not looked at. Public routes ignore it anyway, since they do not know whose key it is.
 */
export function IgnoresIdempotencyKey(): MethodDecorator & ClassDecorator {
  return applyDecorators(
    SetMetadata(IGNORES_IDEMPOTENCY_KEY, true),
    ApiExtension(IGNORES_IDEMPOTENCY_KEY_EXTENSION, true),
  );
}

/** Parameter of a handler: the caller's idempotency key, for what hands it on to Discord; null without one. */
export const IdempotencyKey = createParamDecorator((_data: unknown, context: ExecutionContext): string | null =>
  readIdempotencyKey(context.switchToHttp().getRequest<FastifyRequest>().headers['idempotency-key']),
);
