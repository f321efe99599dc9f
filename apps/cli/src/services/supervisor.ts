import { setTimeout as delay } from 'node:timers/promises';
import type { RunningService, Service } from './service.js';

export interface SupervisorOptions {
  /** Told, in one sentence, what happened to a service. */
  report: (sentence: string) => void;
  /** Told, in one sentence, that a service cannot be kept running; the caller stops everything. */
  giveUp: (sentence: string) => void;
  restarts?: { max: number; windowMs: number; firstDelayMs: number; maxDelayMs: number };
}

const defaultRestarts = { max: 5, windowMs: 60_000, firstDelayMs: 250, maxDelayMs: 5_000 };

/** Starts services in order, starts again those that end, and stops all in reverse order. */
export class Supervisor {
  private readonly aborted = new AbortController();
  private readonly starts = new Set<Promise<void>>();
  private readonly keepers: { service: Service; running: RunningService; kept: Promise<void> }[][] = [];

  constructor(private readonly options: SupervisorOptions) {}

  /**
   * Starts services side by side and waits until all serve; they are stopped together, before what was started earlier.
   * When one fails, the others of its group are no longer waited for.
   * @throws StartError with the line of the service that did not start
   */
  async start(...group: Service[]): Promise<void> {
    const started = this.startGroup(group);
    this.starts.add(started);
    await started;
  }

  /** Stops every service, the youngest first, and those that are starting. May be called twice. */
  async stop(): Promise<void> {
    this.aborted.abort();
    await Promise.allSettled(this.starts);
    for (const group of this.keepers.toReversed()) {
      await Promise.all(
        group.map(async (keeper) => {
          await keeper.running.stop();
          await keeper.kept;
        }),
      );
    }
  }

  private async startGroup(group: readonly Service[]): Promise<void> {
    const attempt = new AbortController();
    let firstFailure: { reason: unknown } | undefined;
    const signal = AbortSignal.any([this.aborted.signal, attempt.signal]);
    const results = await Promise.allSettled(
      group.map(async (service) => {
        try {
          return { service, running: await service.start(signal) };
        } catch (error) {
          // Those that follow fail only because they are no longer wanted.
          firstFailure ??= { reason: error };
          attempt.abort();
          throw error;
        }
      }),
    );
    const started = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    this.keepers.push(started.map((entry) => this.keep(entry.service, entry.running)));
    if (firstFailure) throw firstFailure.reason;
  }

  private keep(
    service: Service,
    running: RunningService,
  ): { service: Service; running: RunningService; kept: Promise<void> } {
    const keeper = { service, running, kept: Promise.resolve() };
    keeper.kept = this.restartWheneverItEnds(keeper).catch((error: unknown) => {
      this.options.giveUp(`${service.title} cannot be kept running: ${String(error)}`);
    });
    return keeper;
  }

  private async restartWheneverItEnds(keeper: { service: Service; running: RunningService }): Promise<void> {
    const { max, windowMs, firstDelayMs, maxDelayMs } = this.options.restarts ?? defaultRestarts;
    const { service } = keeper;
    let ends: number[] = [];
    let reason = await keeper.running.exited;
    while (!this.aborted.signal.aborted) {
      const now = performance.now();
      ends = [...ends.filter((end) => now - end < windowMs), now];
      if (ends.length > max) {
        this.options.giveUp(
          `${service.title} ended ${ends.length} times in a short while (${reason}); see ${service.logFile}.`,
        );
        return;
      }
      this.options.report(`${service.title} ended unexpectedly (${reason}); starting it again.`);
      await this.pause(Math.min(firstDelayMs * 2 ** (ends.length - 1), maxDelayMs));
      reason = await this.startAgain(keeper);
    }
  }

  /** @returns why the service is not running (any more) */
  private async startAgain(keeper: { service: Service; running: RunningService }): Promise<string> {
    if (this.aborted.signal.aborted) return 'Guildhall is stopping';
    try {
      keeper.running = await keeper.service.start(this.aborted.signal);
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
    // A stop that came during the start has seen the predecessor only.
    if (this.aborted.signal.aborted) await keeper.running.stop();
    else this.options.report(`${keeper.service.title} runs again.`);
    return keeper.running.exited;
  }

  private async pause(ms: number): Promise<void> {
    await delay(ms, undefined, { signal: this.aborted.signal }).catch((error: unknown) => {
      if (!this.aborted.signal.aborted) throw error;
    });
  }
}
