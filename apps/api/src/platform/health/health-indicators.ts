import type { Health } from '@guildhall/contracts';
import { VERSION } from '@guildhall/process';
import { Injectable } from '@nestjs/common';

export interface DependencyState {
  status: 'up' | 'down';
  detail?: string;
}

export type HealthCheck = () => DependencyState | Promise<DependencyState>;

interface Indicator {
  check: HealthCheck;
  /** Nothing can be served without it. */
  isEssential: boolean;
}

/** A dependency that says nothing for this long counts as down. */
const CHECK_TIMEOUT_MS = 2_000;

/** What this process depends on; the parts that hold a dependency register it here. */
@Injectable()
export class HealthIndicators {
  private readonly indicators = new Map<string, Indicator>();

  register(name: string, check: HealthCheck, { isEssential = false } = {}): void {
    this.indicators.set(name, { check, isEssential });
  }

  /** Asks every dependency at once. `degraded` means that one is down without which most still works. */
  async report(): Promise<Health> {
    const states = await Promise.all(
      [...this.indicators].map(async ([name, { check, isEssential }]) => ({
        name,
        isEssential,
        state: await settled(check),
      })),
    );
    const down = states.filter(({ state }) => state.status === 'down');
    return {
      status: down.length === 0 ? 'healthy' : down.some(({ isEssential }) => isEssential) ? 'unhealthy' : 'degraded',
      version: VERSION,
      uptimeSeconds: Math.round(process.uptime()),
      dependencies: Object.fromEntries(states.map(({ name, state }) => [name, state])),
    };
  }
}

async function settled(check: HealthCheck): Promise<DependencyState> {
  const silence = Promise.withResolvers<DependencyState>();
  const timer = setTimeout(() => silence.resolve({ status: 'down', detail: 'it does not answer' }), CHECK_TIMEOUT_MS);
  try {
    return await Promise.race([check(), silence.promise]);
  } catch {
    // The reason may hold addresses or credentials, and this answer is public; the log has it from whoever needed it.
    return { status: 'down', detail: 'it cannot be reached' };
  } finally {
    clearTimeout(timer);
  }
}
