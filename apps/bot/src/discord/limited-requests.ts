import { setTimeout as wait } from 'node:timers/promises';
import type { RESTOptions } from 'discord.js';
import type { Logger } from 'pino';

type MakeRequest = RESTOptions['makeRequest'];
type Init = Parameters<MakeRequest>[1];
type Answer = Awaited<ReturnType<MakeRequest>>;

/** Where every API hands requests on to Discord, within the limits that all processes of the token share. */
const PROXY_PATH = '/api/internal/discord';
/** Marks what came of a request that was sent to Discord; an answer without it means that it was not. */
const DISCORD_ANSWER_HEADER = 'x-guildhall-discord';

/** While no API can be reached, so many requests go straight to Discord within so many milliseconds. The APIs leave that free. */
const OWN_SHARE = 5;
const OWN_SHARE_WINDOW_MS = 1_000;
/** An API that was away is not asked again for so long. */
const AWAY_MS = 5_000;

/** The request never left, so that it may go another way. */
const NEVER_SENT: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT']);

export interface LimitedRequestsOptions {
  discordApiUrl: string;
  apiUrl: string;
  serviceToken: string;
  logger: Logger;
}

/**
 * How the bot's requests reach Discord: answers to interactions at once, as they count in no limit of the token; all others
 * through the API, which keeps the limits for everybody. Without an API they go straight to Discord, a few a second.
 * @see https://discord.com/developers/docs/interactions/receiving-and-responding#endpoints
 */
export class LimitedRequests {
  readonly #discordUrl: string;
  readonly #proxyUrl: string;
  /** When each of our own latest requests has certainly left Discord's count. */
  readonly #freeAtMs: number[] = Array.from({ length: OWN_SHARE }, () => 0);
  #awayUntilMs = 0;

  constructor(private readonly options: LimitedRequestsOptions) {
    this.#discordUrl = options.discordApiUrl.replace(/\/$/, '');
    this.#proxyUrl = new URL(PROXY_PATH, options.apiUrl).href;
  }

  /** Takes the place of discord.js's own way to send a request. */
  readonly makeRequest: MakeRequest = async (url, init) => {
    const path = url.slice(this.#discordUrl.length);
    if (/^\/v\d+\/(?:interactions|webhooks)\//.test(path)) return send(url, init);
    if (performance.now() < this.#awayUntilMs) return this.#sendAlone(url, init);
    return (await this.#sendThroughApi(path, init)) ?? this.#sendAlone(url, init);
  };

  /** Undefined when no API took the request. */
  async #sendThroughApi(path: string, init: Init): Promise<Answer | undefined> {
    const authorization = `Bearer ${this.options.serviceToken}`;
    // Safe: what discord.js hands over is a plain object.
    const headers = { ...(init.headers as Record<string, string>), Authorization: authorization };
    try {
      const answer = await send(`${this.#proxyUrl}${path}`, { ...init, headers });
      if (answer.headers.has(DISCORD_ANSWER_HEADER)) return answer;
      this.#noteAway({ status: answer.status });
    } catch (error) {
      this.#noteAway({ err: error });
      if (!isNeverSent(error)) throw error;
    }
    return undefined;
  }

  async #sendAlone(url: string, init: Init): Promise<Answer> {
    const slot = await this.#takeSlot(init.signal ?? undefined);
    try {
      return await send(url, init);
    } finally {
      this.#freeAtMs[slot] = performance.now() + OWN_SHARE_WINDOW_MS;
    }
  }

  async #takeSlot(signal: AbortSignal | undefined): Promise<number> {
    for (;;) {
      const soonestMs = Math.min(...this.#freeAtMs);
      const waitMs = soonestMs - performance.now();
      if (waitMs <= 0) {
        const slot = this.#freeAtMs.indexOf(soonestMs);
        this.#freeAtMs[slot] = Number.POSITIVE_INFINITY;
        return slot;
      }
      // All of them may be under way, and then nobody knows for how long.
      await wait(Math.min(waitMs, OWN_SHARE_WINDOW_MS), undefined, { signal });
    }
  }

  #noteAway(reason: object): void {
    const nowMs = performance.now();
    if (nowMs >= this.#awayUntilMs) {
      this.options.logger.warn(reason, 'no API hands requests on to Discord; the bot sends a few by itself');
    }
    this.#awayUntilMs = nowMs + AWAY_MS;
  }
}

async function send(url: string, { method, headers, body, signal }: Init): Promise<Answer> {
  // Safe: Node's own fetch and the undici of discord.js take and give the same things.
  const init = { method, headers, body, signal } as RequestInit;
  return (await fetch(url, init)) as unknown as Answer;
}

function isNeverSent(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  const reasons = cause instanceof AggregateError ? cause.errors : [cause];
  return reasons.some((reason) => reason instanceof Error && 'code' in reason && NEVER_SENT.has(String(reason.code)));
}
