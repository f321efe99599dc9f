import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth, ApiSecurity } from '@nestjs/swagger';

export const IS_PUBLIC = Symbol('IsPublic');
export const IS_INTERACTION_ROUTE = Symbol('IsInteractionRoute');
export const IS_SERVICE_ROUTE = Symbol('IsServiceRoute');

/** For everybody: no token is asked for, and none is read. */
export function Public(): MethodDecorator & ClassDecorator {
  return SetMetadata(IS_PUBLIC, true);
}

/** For signed-in accounts, as every route is by default; says so in the documentation. */
export function ForAccounts(): MethodDecorator & ClassDecorator {
  return ApiBearerAuth();
}

/** For the bot on behalf of a member as well as for signed-in accounts. */
export function InteractionRoute(): MethodDecorator & ClassDecorator {
  return applyDecorators(SetMetadata(IS_INTERACTION_ROUTE, true), ApiSecurity('service'));
}

/** For the bot on its own behalf and for nobody else: there is no identity on such a route. */
export function ServiceRoute(): MethodDecorator & ClassDecorator {
  return applyDecorators(SetMetadata(IS_SERVICE_ROUTE, true), ApiSecurity('service'));
}
