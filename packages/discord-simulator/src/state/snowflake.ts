import { z } from 'zod';
import type { Clock } from './clock.js';

/** A Discord id as a decimal string. @see https://docs.discord.com/developers/reference#snowflakes */
export const snowflake = z.string().regex(/^\d{1,20}$/);

/** The first millisecond of 2015, the zero of every Discord id. @see https://docs.discord.com/developers/reference#snowflakes */
export const DISCORD_EPOCH_MS = 1_420_070_400_000;

/** Smallest id that Discord could have made in the given millisecond; `sequence` tells ids of one millisecond apart. */
export function snowflakeAt(timestampMs: number, sequence = 0): string {
  return ((BigInt(Math.floor(timestampMs) - DISCORD_EPOCH_MS) << 22n) | BigInt(sequence)).toString();
}

/** The millisecond an id was made in. */
export function timestampOf(id: string): number {
  return Number(BigInt(id) >> 22n) + DISCORD_EPOCH_MS;
}

/** Orders ids by age without building a bigint: more digits, or the greater string of equal length, is younger. */
export function compareSnowflakes(left: string, right: string): number {
  if (left.length !== right.length) return left.length - right.length;
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Makes strictly increasing ids, also when the clock stands still, runs backwards, or the process was restarted. */
export class SnowflakeSource {
  private last = 0n;

  constructor(private readonly clock: Clock) {}

  next(): string {
    const candidate = BigInt(this.clock.now() - DISCORD_EPOCH_MS) << 22n;
    this.last = candidate > this.last ? candidate : this.last + 1n;
    return this.last.toString();
  }

  /** The youngest id handed out or skipped. */
  get latest(): string {
    return this.last.toString();
  }

  /** Goes on after `id`, also when younger ones were handed out: they were those of a course of events that is taken back. */
  continueAfter(id: string): void {
    this.last = BigInt(id);
  }

  /** Everything handed out from now on is younger than `id`; used while a stored state is read back. */
  skipPast(id: string): void {
    const seen = BigInt(id);
    if (seen > this.last) this.last = seen;
  }
}
