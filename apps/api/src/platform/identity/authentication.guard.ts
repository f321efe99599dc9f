import { INTERACTION_CONTEXT_HEADER } from '@guildhall/contracts';
import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { REQUIRED_CAPABILITY } from '../access/require-capability.js';
import { DomainError } from '../problems/domain-error.js';
import { RateLimits } from '../rate-limits/rate-limits.js';
import { Authenticator } from './authenticator.js';
import type { Identity } from './identity.js';
import { API_KEY_PREFIX, LiveApiKeys } from './live-api-keys.js';
import { IS_INTERACTION_ROUTE, IS_PUBLIC, IS_SERVICE_ROUTE } from './public.js';
import { keepIdentity } from './request-identity.js';
import { ServiceCredential } from './service-credential.js';

const BEARER = /^Bearer ([\w.~+/=-]+)$/i;

/** Lets nobody in without a token, except where a route says that it is public; and nobody more often than is allowed. */
@Injectable()
export class AuthenticationGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly authenticator: Authenticator,
    private readonly credential: ServiceCredential,
    private readonly apiKeys: LiveApiKeys,
    private readonly rateLimits: RateLimits,
  ) {}

  /** @throws DomainError `unauthenticated`, `token-expired`, `too-many-requests` */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const identity = this.isMarked(context, IS_PUBLIC) ? null : await this.identify(context);
    await this.rateLimits.count(context, identity);
    if (identity) keepIdentity(context.switchToHttp().getRequest<FastifyRequest>(), identity);
    return true;
  }

  /** Null for the bot on its own behalf. Who fails is counted by address, so that nobody tries tokens for long. */
  private async identify(context: ExecutionContext): Promise<Identity | null> {
    try {
      return await this.identityIn(context);
    } catch (error) {
      await this.rateLimits.count(context, null);
      throw error;
    }
  }

  private async identityIn(context: ExecutionContext): Promise<Identity | null> {
    const { headers } = context.switchToHttp().getRequest<FastifyRequest>();
    const token = BEARER.exec(headers.authorization ?? '')?.[1];
    if (token === undefined) {
      throw new DomainError('unauthenticated', { detail: 'Send an access token: Authorization: Bearer <token>.' });
    }
    if (token.startsWith(API_KEY_PREFIX)) return this.identifyKey(token, context);
    const isServiceRoute = this.isMarked(context, IS_SERVICE_ROUTE);
    if (!this.credential.matches(token)) {
      const identity = await this.authenticator.identify(token);
      if (isServiceRoute) throw new DomainError('unauthenticated', { detail: 'This route is for the bot alone.' });
      return identity;
    }
    if (isServiceRoute) return null;
    if (this.isMarked(context, IS_INTERACTION_ROUTE)) {
      return this.credential.readInteraction(headers[INTERACTION_CONTEXT_HEADER]);
    }
    throw new DomainError('unauthenticated', {
      detail: 'The service credential is good for interaction routes only.',
      logLevel: 'warn',
    });
  }

  /** A key acts in its guild, and nowhere in the name of a person. */
  private async identifyKey(key: string, context: ExecutionContext): Promise<Identity> {
    const identity = await this.apiKeys.identify(key);
    if (!identity) {
      throw new DomainError('unauthenticated', { detail: 'This API key is unknown, revoked or expired.' });
    }
    if (this.reflector.get<unknown>(REQUIRED_CAPABILITY, context.getHandler()) !== undefined) return identity;
    throw new DomainError('unauthenticated', {
      detail: 'API keys are good for the routes of their guild only; this one is for people who have signed in.',
    });
  }

  private isMarked(context: ExecutionContext, mark: symbol): boolean {
    return (
      this.reflector.getAllAndOverride<boolean | undefined>(mark, [context.getHandler(), context.getClass()]) ?? false
    );
  }
}
