import type { GuildSettings, MessageContentMode, Snowflake } from '@guildhall/contracts';
import { type Database, schema, type Transaction } from '@guildhall/database';
import { Inject, Injectable } from '@nestjs/common';
import { and, eq, inArray } from 'drizzle-orm';
import { DATABASE } from '../../platform/database/database.module.js';

const { guilds, guildSettings } = schema;

type SettingsRow = typeof guildSettings.$inferSelect;

/** A guild with what was chosen in it; null where nothing was. */
export interface ConfiguredGuild {
  guildId: Snowflake;
  name: string;
  preferredLocale: string;
  botId: string;
  settings: GuildSettings | null;
}

const guildFacts = {
  guildId: guilds.id,
  name: guilds.name,
  preferredLocale: guilds.preferredLocale,
  botId: guilds.botId,
  settings: guildSettings,
};

@Injectable()
export class SettingsRepository {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  async find(guildId: Snowflake): Promise<ConfiguredGuild | null> {
    return this.findIn(this.database, guildId);
  }

  /** The same, alone until the transaction ends; null for a guild that does not exist. */
  async lock(transaction: Transaction, guildId: Snowflake): Promise<ConfiguredGuild | null> {
    // Locked before it is read: a statement that waits for a lock still sees the other tables as they were before.
    await transaction.select({ id: guilds.id }).from(guilds).where(eq(guilds.id, guildId)).for('no key update');
    return this.findIn(transaction, guildId);
  }

  async write(transaction: Transaction, guildId: Snowflake, settings: GuildSettings): Promise<void> {
    await transaction
      .insert(guildSettings)
      .values({ guildId, ...settings })
      .onConflictDoUpdate({ target: guildSettings.guildId, set: { ...settings, updatedAt: new Date() } });
  }

  /** What was chosen in these guilds, by guild. */
  async among(guildIds: readonly Snowflake[]): Promise<Map<Snowflake, GuildSettings>> {
    if (guildIds.length === 0) return new Map();
    const rows = await this.database
      .select()
      .from(guildSettings)
      .where(inArray(guildSettings.guildId, [...guildIds]));
    return new Map(rows.map((row) => [row.guildId, settingsOf(row)]));
  }

  /** Every guild that a bot is in, or one of them, where something was chosen. */
  async findConfigured(guildId: Snowflake | undefined): Promise<(ConfiguredGuild & { settings: GuildSettings })[]> {
    const rows = await this.database
      .select(guildFacts)
      .from(guilds)
      .innerJoin(guildSettings, eq(guildSettings.guildId, guilds.id))
      .where(and(eq(guilds.isActive, true), guildId === undefined ? undefined : eq(guilds.id, guildId)))
      .orderBy(guilds.id);
    return rows.map((row) => ({ ...row, settings: settingsOf(row.settings) }));
  }

  /** How long each guild keeps messages: null for ever, and undefined where nothing was chosen. */
  async retentions(): Promise<{ guildId: Snowflake; days: number | null | undefined }[]> {
    const rows = await this.database
      .select({ guildId: guilds.id, chosenIn: guildSettings.guildId, days: guildSettings.messageRetentionDays })
      .from(guilds)
      .leftJoin(guildSettings, eq(guildSettings.guildId, guilds.id))
      .orderBy(guilds.id);
    return rows.map(({ guildId, chosenIn, days }) => ({ guildId, days: chosenIn === null ? undefined : days }));
  }

  /** What of messages is stored in these guilds, where something was chosen. */
  async messageContentModes(
    transaction: Transaction,
    guildIds: readonly Snowflake[],
  ): Promise<Map<Snowflake, MessageContentMode>> {
    const rows = await transaction
      .select({ guildId: guildSettings.guildId, mode: guildSettings.messageContent })
      .from(guildSettings)
      .where(inArray(guildSettings.guildId, [...guildIds]));
    return new Map(rows.map(({ guildId, mode }) => [guildId, mode]));
  }

  private async findIn(database: Database | Transaction, guildId: Snowflake): Promise<ConfiguredGuild | null> {
    const [row] = await database
      .select(guildFacts)
      .from(guilds)
      .leftJoin(guildSettings, eq(guildSettings.guildId, guilds.id))
      .where(eq(guilds.id, guildId));
    return row ? configured(row) : null;
  }
}

function configured<R extends { settings: SettingsRow | null }>(row: R) {
  return { ...row, settings: row.settings && settingsOf(row.settings) };
}

function settingsOf({ guildId: _, updatedAt: __, ...settings }: SettingsRow): GuildSettings {
  return settings;
}
