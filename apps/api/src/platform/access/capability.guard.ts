import { type Snowflake, snowflakeSchema } from '@guildhall/contracts';
import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { identityOf } from '../identity/request-identity.js';
import { validationFailed } from '../validation/validation-failed.js';
import { GuildAccess } from './guild-access.js';
import { type CapabilityRequirement, type GuildParameter, REQUIRED_CAPABILITY } from './require-capability.js';

/** Holds the capabilities of who asks against what a route requires; runs after the authentication. */
@Injectable()
export class CapabilityGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly access: GuildAccess,
  ) {}

  /** @throws DomainError `not-found`, `missing-capability`, `validation-failed` */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const requirement = this.reflector.get<CapabilityRequirement | undefined>(
      REQUIRED_CAPABILITY,
      context.getHandler(),
    );
    if (!requirement) return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const guildId = await this.guildOf(request, requirement.parameter);
    await this.access.require(identityOf(request), guildId, requirement.capability);
    return true;
  }

  private async guildOf(request: FastifyRequest, parameter: GuildParameter): Promise<Snowflake> {
    // Guards run before the pipe that validates parameters.
    const id = snowflakeSchema.safeParse((request.params as Record<string, string>)[parameter]);
    if (!id.success) throw validationFailed(id.error.issues, parameter);
    return parameter === 'guildId' ? id.data : this.access.guildOfChannel(id.data);
  }
}
