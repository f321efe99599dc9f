import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { DomainError } from '../problems/domain-error.js';
import type { AccountIdentity, Identity } from './identity.js';

const identities = new WeakMap<FastifyRequest, Identity>();

/** Notes who sends a request; done once, by the guard. */
export function keepIdentity(request: FastifyRequest, identity: Identity): void {
  identities.set(request, identity);
}

/** Who sends a request. @throws DomainError `unauthenticated` where the guard let nobody in */
export function identityOf(request: FastifyRequest): Identity {
  const identity = identities.get(request);
  if (!identity) throw new DomainError('unauthenticated');
  return identity;
}

/** Parameter of a handler: who sends the request. */
export const CurrentIdentity = createParamDecorator((_data: unknown, context: ExecutionContext): Identity =>
  identityOf(context.switchToHttp().getRequest<FastifyRequest>()),
);

/** Parameter of a handler on a route for accounts: the one that sends the request. */
export const CurrentAccount = createParamDecorator((_data: unknown, context: ExecutionContext): AccountIdentity => {
  const identity = identityOf(context.switchToHttp().getRequest<FastifyRequest>());
  if (identity.kind !== 'account') throw new DomainError('unauthenticated');
  return identity;
});
