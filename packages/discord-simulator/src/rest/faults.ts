import { setTimeout as delay } from 'node:timers/promises';
import { DiscordError } from './errors.js';

export interface RestFault {
  /** Status to answer with; without it requests are only slowed down. */
  status?: number | undefined;
  /** How many requests are hit. */
  times: number;
  /** Extra time before the answer, in milliseconds. */
  latencyMs?: number | undefined;
}

/** Makes the REST API misbehave on demand. */
export class RestFaults {
  private fault: RestFault | null = null;
  private thawed: Promise<void> | null = null;
  private thaw: () => void = () => undefined;

  set(fault: RestFault | null): void {
    this.fault = fault;
  }

  /** While frozen, requests are accepted and not answered. */
  freeze(isFrozen: boolean): void {
    this.thaw();
    this.thawed = null;
    if (isFrozen) this.thawed = new Promise((resolve) => (this.thaw = resolve));
  }

  /** Waits and throws as asked. @throws DiscordError with the status of the fault */
  async apply(): Promise<void> {
    await this.thawed;
    if (!this.fault || this.fault.times <= 0) return;
    this.fault.times -= 1;
    const { status, latencyMs } = this.fault;
    if (latencyMs) await delay(latencyMs);
    if (status) throw new DiscordError(status, 0, `${status}: Fault on request`);
  }
}
