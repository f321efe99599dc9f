import { INTERACTION_CONTEXT_HEADER } from '@guildhall/contracts';
import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { DomainError } from '../problems/domain-error.js';
import { Authenticator } from './authenticator.js';
import type { Identity } from './identity.js';
import { IS_INTERACTION_ROUTE, IS_PUBLIC } from './public.js';
import { keepIdentity } from './request-identity.js';
import { ServiceCredential } from './service-credential.js';

const BEARER = /^Bearer ([\w.~+/=-]+)$/i;

/** Lets nobody in without a token, except where a route says that it is public. */
@Injectable()
export class AuthenticationGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly authenticator: Authenticator,
    private readonly credential: ServiceCredential,
  ) {}

  /** @throws DomainError `unauthenticated`, `token-expired` */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (this.isMarked(context, IS_PUBLIC)) return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const isInteractionRoute = this.isMarked(context, IS_INTERACTION_ROUTE);
    keepIdentity(request, await this.identify(request, isInteractionRoute));
    return true;
  }

  private async identify({ headers }: FastifyRequest, isInteractionRoute: boolean): Promise<Identity> {
    const token = BEARER.exec(headers.authorization ?? '')?.[1];
    if (token === undefined) {
      throw new DomainError('unauthenticated', { detail: 'Send an access token: Authorization: Bearer <token>.' });
    }
    if (!this.credential.matches(token)) return this.authenticator.identify(token);
    if (isInteractionRoute) return this.credential.readInteraction(headers[INTERACTION_CONTEXT_HEADER]);
    throw new DomainError('unauthenticated', {
      detail: 'The service credential is good for interaction routes only.',
      logLevel: 'warn',
    });
  }

  private isMarked(context: ExecutionContext, mark: symbol): boolean {
    return (
      this.reflector.getAllAndOverride<boolean | undefined>(mark, [context.getHandler(), context.getClass()]) ?? false
    );
  }
}
