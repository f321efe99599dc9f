import { DomainError } from '../problems/domain-error.js';

/** What zod says about one value, as far as we show it; the shape is Standard Schema's. */
export interface ContractIssue {
  message: string;
  path?: readonly (PropertyKey | { key: PropertyKey })[] | undefined;
  /** The names that zod did not expect, in an issue about unknown fields. */
  keys?: readonly string[];
}

interface FieldError {
  path: string;
  message: string;
}

/**
 * The problem of values that do not fit their contract.
 * @param name of the parameter, for one that is a single value
 */
export function validationFailed(issues: readonly ContractIssue[], name?: string): DomainError {
  const errors = issues.flatMap((issue) => {
    const path = [...(name === undefined ? [] : [name]), ...(issue.path ?? []).map(keyOf)];
    // An unknown field is reported where it stands rather than at the object around it.
    if (issue.keys) return issue.keys.map((key) => ({ path: [...path, key].join('.'), message: 'is not known here' }));
    return [{ path: path.join('.'), message: issue.message }];
  });
  return new DomainError('validation-failed', { errors: errors.filter(isFirstOfItsKind) });
}

/** Two checks of one value may fail with the same words. */
function isFirstOfItsKind(error: FieldError, index: number, errors: readonly FieldError[]): boolean {
  return errors.findIndex(({ path, message }) => path === error.path && message === error.message) === index;
}

function keyOf(segment: PropertyKey | { key: PropertyKey }): string {
  return String(typeof segment === 'object' ? segment.key : segment);
}
