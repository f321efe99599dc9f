import type { Snowflake } from '@guildhall/contracts';
import { Injectable } from '@nestjs/common';

/** Deletes what a feature holds of a guild; idempotent, since it is called again after an interruption. */
export type GuildDataPurge = (guildId: Snowflake) => Promise<void>;

/** Features whose rows do not fall with the guild's row register here how to delete them. */
@Injectable()
export class GuildData {
  private readonly purges = new Map<string, GuildDataPurge>();

  register(what: string, purge: GuildDataPurge): void {
    if (this.purges.has(what)) throw new Error(`${what} is registered twice`);
    this.purges.set(what, purge);
  }

  /** Deletes everything that features hold of a guild beyond its row. */
  async purge(guildId: Snowflake): Promise<void> {
    for (const purge of this.purges.values()) await purge(guildId);
  }
}
