import { setTimeout as delay } from 'node:timers/promises';
import { DiscordError, RateLimited } from './errors.js';

export interface RestFault {
  /** Only requests of this method; all when absent. */
  method?: string | undefined;
  /** Only requests whose path, without `/api/v10`, matches this regular expression; all when absent. */
  path?: string | undefined;
  /** Status to answer with; without it requests are only slowed down. */
  status?: number | undefined;
  /** Discord's error code in the body, e.g. 50013. */
  code?: number | undefined;
  message?: string | undefined;
  /** For status 429: when to try again. */
  retryAfterSeconds?: number | undefined;
  /** How many requests are hit. */
  times: number;
  /** Extra time before the answer, in milliseconds. */
  latencyMs?: number | undefined;
}

/** Makes the REST API misbehave on demand. */
export class RestFaults {
  private faults: RestFault[] = [];
  private thawed: Promise<void> | null = null;
  private thaw: () => void = () => undefined;

  /** Adds a fault, in place of an earlier one for the same requests. */
  set(fault: RestFault): void {
    const others = this.faults.filter((it) => it.method !== fault.method || it.path !== fault.path);
    this.faults = [...others, { ...fault }];
  }

  clear(): void {
    this.faults = [];
  }

  /** While frozen, requests are accepted and not answered. */
  freeze(isFrozen: boolean): void {
    this.thaw();
    this.thawed = null;
    if (isFrozen) this.thawed = new Promise((resolve) => (this.thaw = resolve));
  }

  /** Waits and throws as asked. @throws DiscordError with the status and code of the fault */
  async apply(request: { method: string; path: string }): Promise<void> {
    await this.thawed;
    const fault = this.faults.find((it) => it.times > 0 && fits(it, request));
    if (!fault) return;
    fault.times -= 1;
    const { status, code = 0, latencyMs } = fault;
    if (latencyMs) await delay(latencyMs);
    if (status === 429) throw new RateLimited(fault.retryAfterSeconds ?? 1, { scope: 'user' });
    if (status) throw new DiscordError(status, code, fault.message ?? `${status}: Fault on request`);
  }
}

function fits({ method, path }: RestFault, request: { method: string; path: string }): boolean {
  return (
    (method === undefined || method.toUpperCase() === request.method) &&
    (path === undefined || new RegExp(path).test(request.path))
  );
}
