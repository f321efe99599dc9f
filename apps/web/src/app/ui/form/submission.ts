import { computed, signal } from '@angular/core';
import type { ProblemError } from '../../api/problem-error';
import { asProblemError } from '../../api/problem-error';

/** A form on its way to the API: whether it is under way, and what was wrong with it. */
export class Submission {
  private readonly running = signal(false);
  private readonly problem = signal<ProblemError | null>(null);
  readonly isRunning = this.running.asReadonly();
  readonly failure = this.problem.asReadonly();
  /** What concerns the whole form: values that were not accepted are shown at their fields. */
  readonly formFailure = computed(() => {
    const failure = this.problem();
    return failure && failure.fields.size === 0 ? failure : null;
  });

  /** Sends once at a time. @returns whether it succeeded */
  async run(work: () => Promise<void>): Promise<boolean> {
    if (this.running()) return false;
    this.running.set(true);
    this.problem.set(null);
    try {
      await work();
      return true;
    } catch (error) {
      this.problem.set(asProblemError(error));
      return false;
    } finally {
      this.running.set(false);
    }
  }

  /** Whether the API did not accept a field's value. */
  refuses(path: string): boolean {
    return [...(this.problem()?.fields.keys() ?? [])].some((known) => known === path || known.startsWith(`${path}.`));
  }
}
