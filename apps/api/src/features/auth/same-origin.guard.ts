import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { ApiConfig } from '../../config.js';
import { API_CONFIG } from '../../platform/config/config.module.js';
import { DomainError } from '../../platform/problems/domain-error.js';
import { isFromOwnPages } from './same-origin.rules.js';

/** For routes that a cookie opens: only our own pages may use them, and programs, which have no cookies to be abused. */
@Injectable()
export class SameOriginGuard implements CanActivate {
  private readonly webOrigin: string;

  constructor(@Inject(API_CONFIG) config: ApiConfig) {
    this.webOrigin = new URL(config.WEB_URL).origin;
  }

  /** @throws DomainError `bad-request` */
  canActivate(context: ExecutionContext): boolean {
    const { headers } = context.switchToHttp().getRequest<FastifyRequest>();
    if (isFromOwnPages(headers, this.webOrigin)) return true;
    throw new DomainError('bad-request', {
      detail: `This request came from another site. Open Guildhall at ${this.webOrigin}.`,
      logLevel: 'warn',
    });
  }
}
