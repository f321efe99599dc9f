import type { GuildFacts, Snowflake } from '@guildhall/contracts';
import { type Database, schema, type Transaction } from '@guildhall/database';
import { Inject, Injectable } from '@nestjs/common';
import { and, eq, lte, type SQL, sql } from 'drizzle-orm';
import { DATABASE } from '../../platform/database/database.module.js';

const { guilds, setAsideEvents, topicVersions } = schema;

export interface SyncedGuild {
  facts: GuildFacts;
  announcedMemberCount: number;
  botId: string;
  syncedAt: Date;
}

/** A guild whose bot was removed at this instant; another removal has another instant. */
export interface DeactivatedGuild {
  guildId: Snowflake;
  deactivatedAt: Date;
}

@Injectable()
export class GuildsIngestRepository {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  /** Writes a guild whose bot is in it now, whatever was known of it before. */
  async upsert(transaction: Transaction, { facts, ...sync }: SyncedGuild): Promise<void> {
    const { id, ...row } = { ...facts, ...sync, isActive: true, deactivatedAt: null };
    await transaction
      .insert(guilds)
      .values({ id, ...row })
      .onConflictDoUpdate({ target: guilds.id, set: row });
  }

  async update(transaction: Transaction, { id, ...facts }: GuildFacts): Promise<void> {
    await transaction.update(guilds).set(facts).where(eq(guilds.id, id));
  }

  /** Notes that the bot was removed. @returns whether it was there before */
  async deactivate(transaction: Transaction, { guildId, deactivatedAt }: DeactivatedGuild): Promise<boolean> {
    const deactivated = await transaction
      .update(guilds)
      .set({ isActive: false, deactivatedAt })
      .where(and(eq(guilds.id, guildId), eq(guilds.isActive, true)))
      .returning({ id: guilds.id });
    return deactivated.length > 0;
  }

  /**
   * The name of a guild that a bot is in, which nobody changes until the transaction ends, and the time by the clock that gave
   * the row its creation; null where there is none.
   */
  async lock(transaction: Transaction, guildId: Snowflake): Promise<{ name: string; now: Date } | null> {
    const [row] = await transaction
      .select({ name: guilds.name, now: sql`now()`.mapWith(guilds.createdAt) })
      .from(guilds)
      .where(and(eq(guilds.id, guildId), eq(guilds.isActive, true)))
      .for('no key update');
    return row ?? null;
  }

  /** Whether the bot never came back since this removal. */
  async isStillDeactivated({ guildId, deactivatedAt }: DeactivatedGuild): Promise<boolean> {
    const rows = await this.database
      .select({ id: guilds.id })
      .from(guilds)
      .where(and(eq(guilds.id, guildId), eq(guilds.isActive, false), eq(guilds.deactivatedAt, deactivatedAt)));
    return rows.length > 0;
  }

  /** Whether a guild has been known since before this instant. */
  async isKnownSince(guildId: Snowflake, instant: Date): Promise<boolean> {
    const rows = await this.database
      .select({ id: guilds.id })
      .from(guilds)
      .where(and(eq(guilds.id, guildId), lte(guilds.createdAt, instant)));
    return rows.length > 0;
  }

  /** Deletes a guild's row with all that falls with it, unless its bot came back in the meantime. */
  async purge({ guildId, deactivatedAt }: DeactivatedGuild): Promise<void> {
    await this.deleteWhere(guildId, and(eq(guilds.isActive, false), eq(guilds.deactivatedAt, deactivatedAt)));
  }

  /** The same whether its bot is there or not, unless the row is younger than this instant. */
  async purgeKnownSince(guildId: Snowflake, instant: Date): Promise<void> {
    await this.deleteWhere(guildId, lte(guilds.createdAt, instant));
  }

  private async deleteWhere(guildId: Snowflake, condition: SQL | undefined): Promise<void> {
    await this.database.transaction(async (transaction) => {
      const purged = await transaction
        .delete(guilds)
        .where(and(eq(guilds.id, guildId), condition))
        .returning({ id: guilds.id });
      if (purged.length === 0) return;
      await transaction.delete(topicVersions).where(eq(topicVersions.guildId, guildId));
      await transaction.delete(setAsideEvents).where(eq(setAsideEvents.guildId, guildId));
    });
  }
}
