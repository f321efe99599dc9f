import { Inject, Injectable } from '@nestjs/common';
import type { ApiConfig } from '../../config.js';
import { API_CONFIG } from '../config/config.module.js';
import { ATTEMPT_TIMEOUT_MS, DiscordLimiter } from './discord-limiter.js';

/** A request to Discord as it goes over the wire. */
export interface DiscordRequest {
  method: string;
  /** With the version and the query, e.g. `/v10/users/@me`. */
  path: string;
  headers: Record<string, string>;
  body?: string | Buffer<ArrayBuffer> | undefined;
  signal?: AbortSignal | undefined;
}

/** Sends requests to Discord, in the name of the bot and within the limits of its token. */
@Injectable()
export class DiscordTransport {
  readonly baseUrl: string;
  private readonly authorization: string;

  constructor(
    @Inject(API_CONFIG) config: ApiConfig,
    private readonly limiter: DiscordLimiter,
  ) {
    this.baseUrl = config.DISCORD_API_URL.replace(/\/$/, '');
    this.authorization = `Bot ${config.DISCORD_TOKEN}`;
  }

  /**
   * @throws DomainError `unavailable` when the limits cannot be known
   * @throws AbortError, TimeoutError, TypeError as `fetch` does
   */
  async send({ method, path, headers, body, signal }: DiscordRequest): Promise<Response> {
    const [pathname = ''] = path.replace(/^\/v\d+(?=\/)/, '').split('?', 1);
    return this.limiter.run({ method, path: pathname, signal }, () =>
      fetch(`${this.baseUrl}${path}`, {
        method,
        headers: { ...headers, authorization: this.authorization },
        body: body ?? null,
        redirect: 'manual',
        signal: AbortSignal.any([...(signal ? [signal] : []), AbortSignal.timeout(ATTEMPT_TIMEOUT_MS)]),
      }),
    );
  }
}
