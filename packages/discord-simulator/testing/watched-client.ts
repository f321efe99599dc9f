import { type Client, Events, type RateLimitData, RESTEvents, type RESTOptions } from 'discord.js';
import { vi } from 'vitest';
import type { Bench } from './bench.js';

/** discord.js waits five seconds between two IDENTIFYs; with this, which is an option of its own, it does not. */
const unthrottled = { buildIdentifyThrottler: async () => ({ waitForIdentify: async () => undefined }) };

/** A logged-in discord.js with a record of what it went through. */
export class WatchedClient {
  /** What was written, as often as it arrived. */
  readonly seen: string[] = [];
  /** `resumed` and `identified` again, `reconnecting`, and the codes of those disconnects that are final. */
  readonly past: (string | number)[] = [];
  /** What was answered to each request, e.g. `POST 200`. */
  readonly answers: string[] = [];

  private constructor(
    readonly client: Client<true>,
    /** Scopes of the limits that requests ran into. */
    readonly limits: readonly string[],
  ) {
    const { past } = this;
    client.on(Events.MessageCreate, ({ content }) => void this.seen.push(content));
    client.on(Events.ShardResume, () => void past.push('resumed'));
    client.on(Events.ShardReady, () => void past.push('identified'));
    client.on(Events.ShardReconnecting, () => void past.push('reconnecting'));
    client.on(Events.ShardDisconnect, ({ code }) => void past.push(code));
    client.rest.on(RESTEvents.Response, ({ method }, { status }) => void this.answers.push(`${method} ${status}`));
  }

  static async login(bench: Bench, rest: Partial<RESTOptions> = {}): Promise<WatchedClient> {
    const limits: string[] = [];
    const rejectOnRateLimit = ({ scope, global }: RateLimitData) => {
      limits.push(global ? 'global' : scope);
      return false;
    };
    const options = { rest: { api: bench.simulator.apiUrl, rejectOnRateLimit, ...rest }, ws: unthrottled };
    return new WatchedClient(await bench.login(options), limits);
  }

  /** Waits until this has happened. */
  async until(event: string | number): Promise<void> {
    await vi.waitFor(() => {
      if (!this.past.includes(event)) throw new Error(`Only ${this.past.join(', ')} so far`);
    }, 15_000);
  }
}
