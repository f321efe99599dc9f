import { setTimeout as wait } from 'node:timers/promises';
import { DiscordAPIError, type REST } from 'discord.js';
import type { Logger } from 'pino';

const FIRST_RETRY_DELAY_MS = 1_000;
const MAX_RETRY_DELAY_MS = 60_000;

/** So often a request is made; what fails then has lasted for half a minute and would hold up everything behind it. */
const MAX_ATTEMPTS = 6;

/** What became of a request: an answer, a word of Discord that there is none, or no word at all. */
export type Reading<T> = { outcome: 'read'; result: T } | { outcome: 'refused' } | { outcome: 'failed' };

export interface PatientReaderOptions {
  rest: REST;
  logger: Logger;
  /** The pause after the first failure, in milliseconds; it doubles with each further one. */
  firstRetryDelayMs?: number;
}

/** Reads over REST and tries again when Discord fails; discord.js keeps to the rate limits. */
export class PatientReader {
  constructor(private readonly options: PatientReaderOptions) {}

  /**
   * Reads a route. `T` is the result that Discord documents for it.
   * @throws AbortError when the signal fires
   */
  async read<T>(route: `/${string}`, query: URLSearchParams, signal: AbortSignal): Promise<Reading<T>> {
    const { rest, logger, firstRetryDelayMs = FIRST_RETRY_DELAY_MS } = this.options;
    let delayMs = firstRetryDelayMs;
    for (let attempt = 1; ; attempt++) {
      signal.throwIfAborted();
      try {
        return { outcome: 'read', result: (await rest.get(route, { query })) as T };
      } catch (error) {
        if (isRefusal(error)) {
          logger.debug({ route, code: error.code }, 'Discord does not let the bot read this');
          return { outcome: 'refused' };
        }
        if (attempt === MAX_ATTEMPTS) {
          logger.warn({ err: error, route, attempts: attempt }, 'Discord does not answer; going on without this');
          return { outcome: 'failed' };
        }
        logger.warn({ err: error, route, retryInMs: delayMs }, 'Discord did not answer; trying again');
        await wait(delayMs, undefined, { signal });
        delayMs = Math.min(delayMs * 2, MAX_RETRY_DELAY_MS);
      }
    }
  }
}

/** Discord's word on this thing, such as 50001 and 10003; anything else may pass. */
function isRefusal(error: unknown): error is DiscordAPIError {
  return error instanceof DiscordAPIError && [400, 403, 404].includes(error.status);
}
