import type { Snowflake } from '@guildhall/contracts';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';

/** Whoever looks at a guild hears of the reading of its member list at most so often, in milliseconds. */
const TELL_INTERVAL_MS = 1_000;

/** Says when the progress of a member list is worth telling. */
@Injectable()
export class SyncProgress {
  private readonly toldAtMs = new Map<Snowflake, number>();

  constructor(private readonly clock: Clock) {}

  /** Whether it is time to tell how far a guild's list is; its end always is. */
  isDue(guildId: Snowflake, isLast: boolean): boolean {
    const nowMs = this.clock.now().getTime();
    const isDue = isLast || nowMs - (this.toldAtMs.get(guildId) ?? Number.NEGATIVE_INFINITY) >= TELL_INTERVAL_MS;
    if (isLast) this.toldAtMs.delete(guildId);
    else if (isDue) this.toldAtMs.set(guildId, nowMs);
    return isDue;
  }
}
