import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';
import type { RateClass } from './rate-classes.rules.js';

export const RATE_CLASS = Symbol('RateClass');

/** In the OpenAPI document: by which allowance an operation is counted. */
export const RATE_CLASS_EXTENSION = 'x-guildhall-rate-class';

/**
 * Counts a route (or all of a controller) by another allowance than that of its method: `sign-in` for what guesses could be
 * tried on, `expensive` for what takes long, like exports.
 */
export function Rate(rateClass: RateClass): MethodDecorator & ClassDecorator {
  return applyDecorators(SetMetadata(RATE_CLASS, rateClass), ApiExtension(RATE_CLASS_EXTENSION, rateClass));
}
