import { type Resource, type Signal, computed } from '@angular/core';
import { asProblemError, type ProblemError } from './problem-error';

/** Why what a page shows could not be fetched; null while nothing is wrong. */
export function failureOf(resource: Resource<unknown>): Signal<ProblemError | null> {
  return computed(() => {
    const error = resource.error();
    return error ? asProblemError(error) : null;
  });
}
