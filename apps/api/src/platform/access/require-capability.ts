import type { Capability } from '@guildhall/contracts';
import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';

export const REQUIRED_CAPABILITY = Symbol('RequiredCapability');

/** In the OpenAPI document: which capability an operation needs. */
export const CAPABILITY_EXTENSION = 'x-guildhall-capability';

/** The route parameter that leads to the guild. */
export type GuildParameter = 'guildId' | 'channelId';

export interface CapabilityRequirement {
  capability: Capability;
  parameter: GuildParameter;
}

/** Lets in who holds a capability in the guild that the route is about; beside `@ForAccounts()` on the controller. */
export function RequireCapability(
  capability: Capability,
  { guild: parameter = 'guildId' as GuildParameter } = {},
): MethodDecorator {
  return applyDecorators(
    SetMetadata<symbol, CapabilityRequirement>(REQUIRED_CAPABILITY, { capability, parameter }),
    ApiExtension(CAPABILITY_EXTENSION, capability),
  );
}
