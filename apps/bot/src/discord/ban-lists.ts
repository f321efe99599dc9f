import { MAX_LISTED_PEOPLE } from '@guildhall/contracts';
import { Routes, type APIBan, type REST } from 'discord.js';
import type { Logger } from 'pino';
import type { Metrics } from '../metrics.js';
import type { Outbox } from '../pipeline/outbox.js';
import { snowflake } from '../pipeline/translate/snowflakes.js';
import { translateUser } from '../pipeline/translate/users.js';
import { GuildQueue } from './guild-queue.js';
import { appendWithRoom } from './patient-outbox.js';
import { PatientReader } from './patient-reader.js';

export interface BanListsParts {
  rest: REST;
  outbox: Outbox;
  /** Whether the bot may read a guild's bans; rejects when the guild is not known. */
  mayReadBans: (guildId: string) => Promise<boolean>;
  metrics: Metrics;
  logger: Logger;
}

/**
 * Reads whole ban lists over REST, one guild after the other: Discord sends changes only.
 * @see https://discord.com/developers/docs/resources/guild#get-guild-bans
 */
export class BanLists {
  readonly #queue: GuildQueue;
  readonly #reader: PatientReader;

  constructor(private readonly parts: BanListsParts) {
    this.#reader = new PatientReader(parts);
    this.#queue = new GuildQueue({
      work: (guildId, signal) => this.#readAll(guildId, signal),
      onFailure: (guildId, error) =>
        parts.logger.warn({ err: error, guildId }, 'the bans of a guild were not read; they stay wanted'),
    });
  }

  /** Queues a guild's list; one that waits already is read once. */
  want(guildId: string): void {
    this.#queue.want(guildId);
  }

  stop(): void {
    this.#queue.stop();
  }

  async #readAll(guildId: string, signal: AbortSignal): Promise<void> {
    const { mayReadBans, outbox, logger } = this.parts;
    const done = { banList: { guildId, isWanted: false } };
    if (!(await mayReadBans(guildId))) {
      logger.debug({ guildId }, 'the bot may not read the bans of a guild');
      signal.throwIfAborted();
      outbox.append(done);
      return;
    }
    let after: string | null = '0';
    while (after !== null) after = await this.#readPart(guildId, after, signal);
    signal.throwIfAborted();
    outbox.append(done);
  }

  /** @returns where the next part begins; null after the last one, or where Discord gives no more */
  async #readPart(guildId: string, after: string, signal: AbortSignal): Promise<string | null> {
    const readAt = new Date().toISOString();
    const query = new URLSearchParams({ limit: String(MAX_LISTED_PEOPLE), after });
    const reading = await this.#reader.read<APIBan[]>(Routes.guildBans(guildId), query, signal);
    if (reading.outcome === 'failed') throw new Error('Discord does not give the bans');
    if (reading.outcome === 'refused') return null;
    const bans = reading.result.map(({ user, reason }) => ({ user: translateUser(user), reason }));
    const last = bans.length === MAX_LISTED_PEOPLE ? (bans.at(-1)?.user.id ?? null) : null;
    const data = { after: snowflake(after), through: last, readAt, bans };
    await appendWithRoom(this.parts, { type: 'ban_chunk', guildId, data }, { signal });
    return last;
  }
}
