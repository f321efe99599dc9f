import { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { DomainError } from '../problems/domain-error.js';
import { type Allowance, type Consumption, KeyValueStore, type SlotDemand, type SlotEnd } from './key-value-store.js';
import { OCCUPY, VACATE } from './redis-slots.js';

const KEY_PREFIX = 'guildhall:';
/** A command that takes longer counts as failed. */
const COMMAND_TIMEOUT_MS = 1_000;
/** A connection that owes an answer for this long is given up, so that commands do not pile up on it. */
const SILENCE_TIMEOUT_MS = 3_000;
const CONNECT_TIMEOUT_MS = 5_000;
const MAX_RECONNECT_DELAY_MS = 2_000;

/** Adds `ARGV[1]`; the key lives `ARGV[2]` milliseconds from the first time on. */
const ADD = `
local sum = redis.call('INCRBY', KEYS[1], ARGV[1])
if redis.call('PTTL', KEYS[1]) < 0 then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
return sum`;

/** Adds the cost `ARGV[1]` unless the sum would be more than `ARGV[3]`: whether it did, the sum, and what the window has left. */
const CONSUME = `
local used = tonumber(redis.call('GET', KEYS[1]) or '0')
local isAllowed = used + tonumber(ARGV[1]) <= tonumber(ARGV[3])
if isAllowed then
  used = redis.call('INCRBY', KEYS[1], ARGV[1])
  if redis.call('PTTL', KEYS[1]) < 0 then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
end
return { isAllowed and 1 or 0, used, redis.call('PTTL', KEYS[1]) }`;

/**
 * The store of a deployment with several API processes: Redis 7 or Valkey. Commands are never queued while the connection is
 * away; they fail at once, and the connection comes back by itself.
 */
export class RedisKeyValueStore extends KeyValueStore {
  private readonly redis: Redis;
  private isAway = false;

  constructor(
    url: string,
    private readonly logger: Logger,
  ) {
    super();
    this.redis = new Redis(url, {
      keyPrefix: KEY_PREFIX,
      enableOfflineQueue: false,
      autoResendUnfulfilledCommands: false,
      maxRetriesPerRequest: 0,
      commandTimeout: COMMAND_TIMEOUT_MS,
      socketTimeout: SILENCE_TIMEOUT_MS,
      connectTimeout: CONNECT_TIMEOUT_MS,
      retryStrategy: (attempt) => Math.min(attempt * 100, MAX_RECONNECT_DELAY_MS),
    });
    this.redis.on('error', (error) => this.noteAway(error));
    this.redis.on('close', () => this.noteAway());
    this.redis.on('ready', () => this.noteBack());
  }

  override get(key: string): Promise<string | null> {
    return this.ask((redis) => redis.get(key));
  }

  override async set(key: string, value: string, ttlSeconds: number): Promise<void> {
    await this.ask((redis) => redis.set(key, value, 'PX', milliseconds(ttlSeconds)));
  }

  override async setIfAbsent(key: string, value: string, ttlSeconds: number): Promise<boolean> {
    return (await this.ask((redis) => redis.set(key, value, 'PX', milliseconds(ttlSeconds), 'NX'))) === 'OK';
  }

  override take(key: string): Promise<string | null> {
    return this.ask((redis) => redis.getdel(key));
  }

  override async delete(key: string): Promise<void> {
    await this.ask((redis) => redis.del(key));
  }

  override async increment(key: string, ttlSeconds: number): Promise<number> {
    return Number(await this.ask((redis) => redis.eval(ADD, 1, key, 1, milliseconds(ttlSeconds))));
  }

  override async consume(key: string, { limit, windowSeconds, cost = 1 }: Allowance): Promise<Consumption> {
    const answer = await this.ask((redis) => redis.eval(CONSUME, 1, key, cost, milliseconds(windowSeconds), limit));
    // Safe: the script returns three integers.
    const [allowed, used, ttlMs] = answer as [number, number, number];
    return {
      isAllowed: allowed === 1,
      remaining: Math.max(0, limit - used),
      resetSeconds: ttlMs < 0 ? windowSeconds : Math.ceil(ttlMs / 1000),
    };
  }

  override async occupy(demands: readonly SlotDemand[], holder: string, leaseMs: number): Promise<number> {
    const keys = demands.map(({ key }) => key);
    const limits = demands.map(({ limit }) => limit);
    return Number(await this.ask((redis) => redis.eval(OCCUPY, keys.length, ...keys, holder, leaseMs, ...limits)));
  }

  override async vacate(ends: readonly SlotEnd[]): Promise<void> {
    const keys = ends.map(({ key }) => key);
    const values = ends.flatMap(({ holder, afterMs }) => [holder, Math.ceil(afterMs)]);
    await this.ask((redis) => redis.eval(VACATE, keys.length, ...keys, ...values));
  }

  /** Whether it answers. @throws DomainError `unavailable` */
  async ping(): Promise<void> {
    await this.ask((redis) => redis.ping());
  }

  /** Waits for the first connection, but no longer than a command may take: the process starts without Redis too. */
  async settle(): Promise<void> {
    if (this.redis.status === 'ready') return;
    const settled = Promise.withResolvers<undefined>();
    const timer = setTimeout(() => settled.resolve(undefined), COMMAND_TIMEOUT_MS);
    for (const event of ['ready', 'close']) this.redis.once(event, () => settled.resolve(undefined));
    await settled.promise;
    clearTimeout(timer);
  }

  close(): void {
    this.redis.removeAllListeners('close');
    this.redis.disconnect();
  }

  private async ask<T>(command: (redis: Redis) => Promise<T>): Promise<T> {
    try {
      return await command(this.redis);
    } catch (error) {
      if (isOurFault(error)) throw error;
      throw new DomainError('unavailable', {
        detail: 'The key-value store does not answer. Try again in a moment.',
        cause: error,
      });
    }
  }

  /** Said once for each time it goes, not for every attempt to reach it. */
  private noteAway(error?: Error): void {
    if (this.isAway) return;
    this.isAway = true;
    this.logger.warn({ err: error }, 'Redis cannot be reached; trying again');
  }

  private noteBack(): void {
    if (this.isAway) this.logger.info('Redis answers again');
    this.isAway = false;
  }
}

/** A command that Redis does not understand, as opposed to one that it cannot serve now (LOADING, READONLY, OOM, NOAUTH …). */
function isOurFault(error: unknown): boolean {
  return error instanceof Error && error.name === 'ReplyError' && /^(ERR|WRONGTYPE)\b/.test(error.message);
}

function milliseconds(seconds: number): number {
  return Math.ceil(seconds * 1000);
}
