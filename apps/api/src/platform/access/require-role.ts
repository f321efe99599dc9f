import type { PlatformRole } from '@guildhall/contracts';
import {
  applyDecorators,
  type CanActivate,
  type ExecutionContext,
  Injectable,
  SetMetadata,
  UseGuards,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ApiExtension } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { identityOf } from '../identity/request-identity.js';
import { DomainError } from '../problems/domain-error.js';

const REQUIRED_ROLE = Symbol('RequiredRole');

/** In the OpenAPI document: which platform role an operation needs. */
export const ROLE_EXTENSION = 'x-guildhall-role';

/** Each role may do what those before it may. */
const RANKS: Record<PlatformRole, number> = { USER: 0, MODERATOR: 1, ADMIN: 2 };

/** Holds the platform role of who asks against what a route requires; runs after the authentication. */
@Injectable()
export class RoleGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  /** @throws DomainError `missing-role` */
  canActivate(context: ExecutionContext): boolean {
    const targets = [context.getHandler(), context.getClass()];
    const role = this.reflector.getAllAndOverride<PlatformRole>(REQUIRED_ROLE, targets);
    const identity = identityOf(context.switchToHttp().getRequest<FastifyRequest>());
    // The bot and automations never carry a platform role.
    if (identity.kind === 'account' && RANKS[identity.role] >= RANKS[role]) return true;
    throw new DomainError('missing-role');
  }
}

/** Lets in who holds a platform role, or one above it; beside `@ForAccounts()`. */
export function RequireRole(role: PlatformRole): MethodDecorator & ClassDecorator {
  return applyDecorators(SetMetadata(REQUIRED_ROLE, role), UseGuards(RoleGuard), ApiExtension(ROLE_EXTENSION, role));
}
