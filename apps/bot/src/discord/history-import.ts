import { MAX_HISTORY_MESSAGES, snowflakeAt, type MessageHistory } from '@guildhall/contracts';
import { Routes, type APIThreadList, type REST, type RESTGetAPIChannelMessagesResult } from 'discord.js';
import type { Logger } from 'pino';
import type { Metrics } from '../metrics.js';
import type { OutboxChange } from '../pipeline/outbox-change.js';
import type { Outbox } from '../pipeline/outbox.js';
import { translateChannel, type ChannelPayload } from '../pipeline/translate/channels.js';
import { translateHistory } from '../pipeline/translate/messages.js';
import { snowflake } from '../pipeline/translate/snowflakes.js';
import type { MessageContext } from '../pipeline/translate/translation.js';
import type { ReadableChannel } from './guild-reader.js';
import { GuildQueue } from './guild-queue.js';
import { appendWithRoom } from './patient-outbox.js';
import { PatientReader } from './patient-reader.js';

/** How far the first contact with a guild looks back. */
const IMPORTED_DAYS = 7;
const DAY_MS = 86_400_000;

/** Archived threads of one request. */
const THREADS_PER_PAGE = 100;

export interface HistoryImportParts extends MessageContext {
  rest: REST;
  outbox: Outbox;
  /** The channels of a guild whose past the bot may read; rejects when the guild is not known. */
  readableChannels: (guildId: string) => Promise<ReadableChannel[]>;
  /** Resolves when it is known how much of its messages each guild lets us keep. */
  modesKnown: Promise<void>;
  metrics: Metrics;
  logger: Logger;
  /** See PatientReader. */
  firstRetryDelayMs?: number;
}

interface HistoryPage {
  channelId: string;
  messages: MessageHistory['messages'];
}

/** An import under way. */
interface Import {
  guildId: string;
  signal: AbortSignal;
  since: Date;
  /** Channels that Discord gave no word on. */
  failures: number;
}

/**
 * Reads what was written in a guild during the week before the bot met it: one guild after the other, one request at a
 * time, archived threads too. That a guild is done is committed with its last event; an import that was interrupted, or
 * that Discord did not answer in full, begins again with the next process.
 * @see https://discord.com/developers/docs/resources/message#get-channel-messages
 */
export class HistoryImport {
  readonly #queue: GuildQueue;
  readonly #reader: PatientReader;
  readonly #stopped = Promise.withResolvers<undefined>();

  constructor(private readonly parts: HistoryImportParts) {
    this.#reader = new PatientReader(parts);
    this.#queue = new GuildQueue({
      work: (guildId, signal) => this.#import(guildId, signal),
      onFailure: (guildId, error) =>
        parts.logger.warn({ err: error, guildId }, 'the past of a guild was not imported; it stays wanted'),
    });
  }

  /** Queues a guild's import; one that waits already is made once. */
  want(guildId: string): void {
    this.#queue.want(guildId);
  }

  /** From now on nothing is written to the outbox. A request under way, which Discord may hold back, is not waited for. */
  stop(): void {
    this.#queue.stop();
    this.#stopped.resolve(undefined);
  }

  async #import(guildId: string, signal: AbortSignal): Promise<void> {
    await Promise.race([this.parts.modesKnown, this.#stopped.promise]);
    const underway = { guildId, signal, since: new Date(Date.now() - IMPORTED_DAYS * DAY_MS), failures: 0 };
    let count = 0;
    // One page behind, as the last one can be told only when there is no other.
    let last: HistoryPage | undefined;
    for await (const page of this.#pagesOf(underway)) {
      if (last) await this.#append(underway, { ...last, isComplete: false });
      last = page;
      count += page.messages.length;
    }
    signal.throwIfAborted();
    const { failures } = underway;
    const done: OutboxChange = failures === 0 ? { messageHistory: { guildId, isWanted: false } } : {};
    if (last) await this.#append(underway, { ...last, isComplete: true }, done);
    else if (failures === 0) this.parts.outbox.append(done);
    const summary = { guildId, messages: count, days: IMPORTED_DAYS };
    if (failures === 0) this.parts.logger.info(summary, 'imported the past of a guild');
    else this.parts.logger.warn({ ...summary, failures }, 'imported the past of a guild in part; it stays wanted');
  }

  async *#pagesOf(underway: Import): AsyncGenerator<HistoryPage> {
    for (const channel of await this.parts.readableChannels(underway.guildId)) {
      if (channel.hasMessages) yield* this.#pagesIn(channel.id, underway);
      for (const visibility of channel.archivedThreads) {
        for await (const thread of this.#archivedThreads(channel.id, visibility, underway)) {
          await this.#appendThread(thread, underway);
          yield* this.#pagesIn(thread.id, underway);
        }
      }
    }
  }

  /** The recent messages of a channel or thread, youngest first; none when Discord refuses it. */
  async *#pagesIn(channelId: string, underway: Import): AsyncGenerator<HistoryPage> {
    const oldestId = BigInt(snowflakeAt(underway.since));
    let before: string | undefined;
    do {
      const query = new URLSearchParams({
        limit: String(MAX_HISTORY_MESSAGES),
        ...(before !== undefined && { before }),
      });
      const route = Routes.channelMessages(channelId);
      const page = await this.#read<RESTGetAPIChannelMessagesResult>(route, query, underway);
      const recent = (page ?? []).filter(({ id }) => BigInt(id) >= oldestId);
      const messages = translateHistory(underway.guildId, recent, this.parts);
      if (messages.length > 0) yield { channelId, messages };
      before = recent.length === MAX_HISTORY_MESSAGES ? recent.at(-1)?.id : undefined;
    } while (before !== undefined);
  }

  /**
   * The threads of a channel that were archived lately: what was written in others is older still.
   * @see https://discord.com/developers/docs/resources/channel#list-public-archived-threads
   */
  async *#archivedThreads(
    channelId: string,
    visibility: 'public' | 'private',
    underway: Import,
  ): AsyncGenerator<ChannelPayload> {
    let before: string | undefined;
    do {
      const query = new URLSearchParams({ limit: String(THREADS_PER_PAGE), ...(before !== undefined && { before }) });
      const route = Routes.channelThreads(channelId, visibility);
      const page = await this.#read<APIThreadList & { has_more?: boolean }>(route, query, underway);
      const threads = (page?.threads ?? []) as ArchivedThread[];
      const recent = threads.filter(({ thread_metadata: { archive_timestamp: at } }) => new Date(at) >= underway.since);
      yield* recent;
      const isMore = page?.has_more === true && recent.length === threads.length;
      before = isMore ? recent.at(-1)?.thread_metadata.archive_timestamp : undefined;
    } while (before !== undefined);
  }

  async #read<T>(route: `/${string}`, query: URLSearchParams, underway: Import): Promise<T | undefined> {
    const reading = await this.#reader.read<T>(route, query, underway.signal);
    if (reading.outcome === 'read') return reading.result;
    if (reading.outcome === 'failed') underway.failures++;
    return undefined;
  }

  async #appendThread(thread: ChannelPayload, { guildId, signal }: Import): Promise<void> {
    const data = translateChannel(thread);
    await appendWithRoom(this.parts, { type: 'channel_update', guildId, channelId: data.id, data }, { signal });
  }

  async #append(
    { guildId, signal }: Import,
    history: HistoryPage & { isComplete: boolean },
    done: OutboxChange = {},
  ): Promise<void> {
    const channelId = snowflake(history.channelId);
    const data = { ...history, channelId };
    await appendWithRoom(this.parts, { type: 'message_history', guildId, channelId, data }, { signal, ...done });
  }
}

/** A thread as the lists of archived ones have it. */
interface ArchivedThread extends ChannelPayload {
  thread_metadata: { archived: boolean; locked: boolean; archive_timestamp: string };
}
