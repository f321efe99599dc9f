import { setTimeout as wait } from 'node:timers/promises';
import { type BotConfiguration, botConfigurationSchema } from '@guildhall/contracts';
import type { Logger } from 'pino';
import type { ApiClient } from '../api-client.js';
import type { GuildConfigurations } from './guild-configurations.js';

/** Everything is read again so often, in case a word of a change was lost. */
const REFRESH_MS = 10 * 60_000;
const RETRY_MS = 5_000;

export interface ConfigurationReaderOptions {
  api: ApiClient;
  configurations: GuildConfigurations;
  logger: Logger;
  retryMs?: number;
}

/** Reads the guilds' configurations from the API: at the start, after changes, and now and then. */
export class ConfigurationReader {
  readonly #stopping = new AbortController();
  /** Ends the pause under way. */
  #waking = new AbortController();

  constructor(private readonly options: ConfigurationReaderOptions) {}

  /** Goes on in the background: a bot that starts without the API speaks as it last knew. */
  start(): void {
    void this.#repeat();
  }

  /** Reads one guild again. @throws ApiProblem */
  async refresh(guildId: string): Promise<void> {
    this.options.configurations.learn(await this.#read(`?guildId=${encodeURIComponent(guildId)}`));
  }

  /** Reads everything again now: words of changes may have been lost while the gateway was away. */
  refreshAll(): void {
    this.#waking.abort();
  }

  stop(): void {
    this.#stopping.abort();
  }

  async #repeat(): Promise<void> {
    const { configurations, logger, retryMs = RETRY_MS } = this.options;
    while (!this.#stopping.signal.aborted) {
      const pauseMs = await this.#read('').then(
        (configuration) => {
          configurations.learnAll(configuration);
          return REFRESH_MS;
        },
        (error: unknown) => {
          logger.warn({ err: error }, 'the configuration of the guilds could not be read; trying again');
          return retryMs;
        },
      );
      this.#waking = new AbortController();
      const signal = AbortSignal.any([this.#stopping.signal, this.#waking.signal]);
      // Both ways to end a pause go on with the loop, which looks whether it has to stop.
      await wait(pauseMs, undefined, { signal }).catch(() => undefined);
    }
  }

  #read(query: string): Promise<BotConfiguration> {
    return this.options.api.get(`/api/interactions/configuration${query}`, botConfigurationSchema);
  }
}
