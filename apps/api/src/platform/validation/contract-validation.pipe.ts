import { type ArgumentMetadata, Injectable, StandardSchemaValidationPipe } from '@nestjs/common';
import type { DomainError } from '../problems/domain-error.js';
import { type ContractIssue, validationFailed } from './validation-failed.js';

/** The issues of one parameter, on their way to the name of that parameter. */
class RefusedArgument extends Error {
  constructor(readonly issues: readonly ContractIssue[]) {
    super('a request argument was refused');
  }
}

/** Holds every request against the contract that its route names: `@Body({ schema })`, `@Query({ schema })`, `@Param(…)`. */
@Injectable()
export class ContractValidationPipe extends StandardSchemaValidationPipe {
  constructor() {
    super({ exceptionFactory: (issues) => new RefusedArgument(issues) });
  }

  /** @throws DomainError `validation-failed` with every issue */
  override async transform<T>(value: T, metadata: ArgumentMetadata): Promise<T> {
    try {
      return await super.transform(value, metadata);
    } catch (error) {
      throw error instanceof RefusedArgument ? problemOfIssues(error, metadata) : error;
    }
  }
}

function problemOfIssues({ issues }: RefusedArgument, { data }: ArgumentMetadata): DomainError {
  return validationFailed(issues, data);
}
