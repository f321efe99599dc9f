import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises';
import { MAX_HISTORY_MESSAGES, snowflakeAt, type MessageHistory } from '@guildhall/contracts';
import { DiscordAPIError, Routes, type APIMessage, type REST, type RESTGetAPIChannelMessagesResult } from 'discord.js';
import type { Logger } from 'pino';
import type { Metrics } from '../metrics.js';
import type { Outbox, OutboxChange } from '../pipeline/outbox.js';
import { envelop } from '../pipeline/translate/index.js';
import { translateHistory } from '../pipeline/translate/messages.js';
import { snowflake } from '../pipeline/translate/snowflakes.js';

/** How far the first contact with a guild looks back. */
const IMPORTED_DAYS = 7;
const DAY_MS = 86_400_000;

const FIRST_RETRY_DELAY_MS = 1_000;
const MAX_RETRY_DELAY_MS = 60_000;

/** While so many events wait for the API, the past waits too: the outbox keeps its room for what happens now. */
const MAX_WAITING_EVENTS = 1_000;
const FULL_RETRY_DELAY_MS = 1_000;

export interface HistoryImportParts {
  rest: REST;
  outbox: Outbox;
  /** The channels of a guild whose past messages the bot may read; rejects when the guild is not known. */
  readableChannelIds: (guildId: string) => Promise<string[]>;
  hasMessageContent: boolean;
  metrics: Metrics;
  logger: Logger;
}

interface HistoryPage {
  channelId: string;
  messages: MessageHistory['messages'];
}

/**
 * Reads what was written in a guild during the week before the bot met it: one guild after the other, one request at a
 * time. That a guild is done is committed with its last event; an import that was interrupted begins again.
 * @see https://discord.com/developers/docs/resources/message#get-channel-messages
 */
export class HistoryImport {
  readonly #waiting = new Set<string>();
  readonly #stopping = new AbortController();
  #isRunning = false;

  constructor(private readonly parts: HistoryImportParts) {}

  /** Queues a guild's import; one that waits already is made once. */
  want(guildId: string): void {
    if (this.#stopping.signal.aborted) return;
    this.#waiting.add(guildId);
    if (this.#isRunning) return;
    this.#isRunning = true;
    void this.#importAll();
  }

  /** From now on nothing is written to the outbox. A request under way, which Discord may hold back, is not waited for. */
  stop(): void {
    this.#stopping.abort();
  }

  async #importAll(): Promise<void> {
    for (;;) {
      // discord.js takes a dispatch in after it has shown it raw, which is where a guild becomes wanted.
      await nextTurn();
      const [guildId] = this.#waiting;
      if (guildId === undefined) break;
      this.#waiting.delete(guildId);
      try {
        await this.#import(guildId);
      } catch (error) {
        if (this.#stopping.signal.aborted) return;
        this.parts.logger.warn({ err: error, guildId }, 'the past of a guild was not imported; it stays wanted');
      }
    }
    this.#isRunning = false;
  }

  async #import(guildId: string): Promise<void> {
    let count = 0;
    // One page behind, as the last one can be told only when there is no other.
    let last: HistoryPage | undefined;
    for await (const page of this.#pagesOf(guildId)) {
      if (last) await this.#append(guildId, { ...last, isComplete: false });
      last = page;
      count += page.messages.length;
    }
    const done = { messageHistory: { guildId, isWanted: false } };
    this.#stopping.signal.throwIfAborted();
    if (last) await this.#append(guildId, { ...last, isComplete: true }, done);
    else this.parts.outbox.append(done);
    this.parts.logger.info({ guildId, messages: count, days: IMPORTED_DAYS }, 'imported the past of a guild');
  }

  async *#pagesOf(guildId: string): AsyncGenerator<HistoryPage> {
    const { readableChannelIds, hasMessageContent } = this.parts;
    const oldestId = BigInt(snowflakeAt(new Date(Date.now() - IMPORTED_DAYS * DAY_MS)));
    for (const channelId of await readableChannelIds(guildId)) {
      let before: string | undefined;
      do {
        const page = await this.#read(channelId, before);
        const recent = page.filter(({ id }) => BigInt(id) >= oldestId);
        const messages = translateHistory(recent, { hasMessageContent });
        if (messages.length > 0) yield { channelId, messages };
        before = recent.length === MAX_HISTORY_MESSAGES ? recent.at(-1)?.id : undefined;
      } while (before !== undefined);
    }
  }

  /** The youngest messages before an id, youngest first; none when Discord refuses the channel. */
  async #read(channelId: string, before: string | undefined): Promise<APIMessage[]> {
    const { rest, logger } = this.parts;
    const { signal } = this.#stopping;
    const query = new URLSearchParams({ limit: String(MAX_HISTORY_MESSAGES), ...(before !== undefined && { before }) });
    for (let delayMs = FIRST_RETRY_DELAY_MS; ; delayMs = Math.min(delayMs * 2, MAX_RETRY_DELAY_MS)) {
      signal.throwIfAborted();
      try {
        // Cast: the result Discord documents for the route.
        return (await rest.get(Routes.channelMessages(channelId), { query })) as RESTGetAPIChannelMessagesResult;
      } catch (error) {
        if (isRefusal(error)) {
          logger.debug({ channelId, code: error.code }, 'the past of a channel cannot be read');
          return [];
        }
        logger.warn({ err: error, channelId, retryInMs: delayMs }, 'Discord did not give past messages; trying again');
        await wait(delayMs, undefined, { signal });
      }
    }
  }

  async #append(guildId: string, history: HistoryPage & { isComplete: boolean }, done?: OutboxChange): Promise<void> {
    const { outbox, metrics } = this.parts;
    const { signal } = this.#stopping;
    while (outbox.depth >= MAX_WAITING_EVENTS) await wait(FULL_RETRY_DELAY_MS, undefined, { signal });
    signal.throwIfAborted();
    const channelId = snowflake(history.channelId);
    const data = { ...history, channelId };
    const event = envelop({ type: 'message_history', guildId, channelId, data });
    outbox.append({ events: [event], ...done });
    metrics.events.inc({ type: event.type });
  }
}

/** Discord's word on this channel, such as 50001 and 10003; anything else may pass. */
function isRefusal(error: unknown): error is DiscordAPIError {
  return error instanceof DiscordAPIError && [400, 403, 404].includes(error.status);
}
