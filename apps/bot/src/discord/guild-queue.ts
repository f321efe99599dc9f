import { setImmediate as nextTurn } from 'node:timers/promises';

export interface GuildQueueOptions {
  /** Does the work for a guild; the signal says that the bot stops. */
  work: (guildId: string, signal: AbortSignal) => Promise<void>;
  /** Called when the work for a guild failed; the next guild has its turn. */
  onFailure: (guildId: string, error: unknown) => void;
}

/** Work that is done for one guild after the other, in the background. */
export class GuildQueue {
  readonly #waiting = new Set<string>();
  readonly #stopping = new AbortController();
  #isRunning = false;

  constructor(private readonly options: GuildQueueOptions) {}

  /** Queues a guild; one that waits already has its turn once. */
  want(guildId: string): void {
    if (this.#stopping.signal.aborted) return;
    this.#waiting.add(guildId);
    if (this.#isRunning) return;
    this.#isRunning = true;
    void this.#workOff();
  }

  /** From now on no work is begun. A request under way, which Discord may hold back, is not waited for. */
  stop(): void {
    this.#stopping.abort();
  }

  async #workOff(): Promise<void> {
    const { signal } = this.#stopping;
    for (;;) {
      // discord.js takes a dispatch in after it has shown it raw, which is where a guild becomes wanted.
      await nextTurn();
      const [guildId] = this.#waiting;
      if (guildId === undefined) break;
      this.#waiting.delete(guildId);
      try {
        await this.options.work(guildId, signal);
      } catch (error) {
        if (signal.aborted) return;
        this.options.onFailure(guildId, error);
      }
    }
    this.#isRunning = false;
  }
}
