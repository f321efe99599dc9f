import {
  type BotConfiguration,
  type GuildSettings,
  type Locale,
  type MessageContentMode,
  nearestLocale,
  type Snowflake,
  type UpdateGuildSettings,
} from '@guildhall/contracts';
import type { Transaction } from '@guildhall/database';
import { Inject, Injectable } from '@nestjs/common';
import type { ApiConfig } from '../../config.js';
import { Changes } from '../../platform/changes/changes.js';
import { API_CONFIG } from '../../platform/config/config.module.js';
import { GatewayLink } from '../../platform/gateway-link/gateway-link.js';
import type { Actor } from '../../platform/identity/actor.js';
import { DomainError } from '../../platform/problems/domain-error.js';
import { type ConfiguredGuild, SettingsRepository } from './settings.repository.js';
import { changedSettings, defaultSettings, differenceBetween } from './settings.rules.js';

/** A change of a guild's settings, and who makes it. */
export interface SettingsChange {
  actor: Actor;
  body: UpdateGuildSettings;
  /** The version that the change is meant for; null for any. */
  expectedVersion: number | null;
}

/** What the administrators of each guild chose. */
@Injectable()
export class SettingsService {
  private readonly defaults: GuildSettings;

  constructor(
    private readonly settings: SettingsRepository,
    private readonly changes: Changes,
    private readonly gatewayLink: GatewayLink,
    @Inject(API_CONFIG) private readonly config: ApiConfig,
  ) {
    this.defaults = defaultSettings(config);
  }

  /** @throws DomainError `not-found` */
  async get(guildId: Snowflake): Promise<GuildSettings> {
    return (await this.find(guildId)).settings ?? this.defaults;
  }

  /** What holds in each of these guilds. */
  async ofGuilds(guildIds: readonly Snowflake[]): Promise<Map<Snowflake, GuildSettings>> {
    const chosen = await this.settings.among(guildIds);
    return new Map(guildIds.map((guildId) => [guildId, chosen.get(guildId) ?? this.defaults]));
  }

  /** The language in which Guildhall speaks to a guild. @throws DomainError `not-found` */
  async localeOf(guildId: Snowflake): Promise<Locale> {
    return localeOf(await this.find(guildId));
  }

  /**
   * Changes what is named, and tells the bot. What is already so is not a change and leaves the version as it is.
   * @throws DomainError `not-found`, `validation-failed`, `version-mismatch`
   */
  async update(guildId: Snowflake, { actor, body, expectedVersion }: SettingsChange): Promise<GuildSettings> {
    return this.changes.make(async ({ transaction, audit, publish, afterCommit }) => {
      const guild = await this.settings.lock(transaction, guildId);
      if (!guild) throw missingGuild();
      const before = guild.settings ?? this.defaults;
      if (expectedVersion !== null && expectedVersion !== before.version) throw new DomainError('version-mismatch');
      const after = changedSettings(before, body);
      const difference = differenceBetween(before, after);
      if (!difference) return before;
      await this.settings.write(transaction, guildId, after);
      audit({
        action: 'guild.settingsUpdated',
        guildId,
        actor,
        target: { id: guildId, name: guild.name },
        ...difference,
      });
      publish({ name: 'settings.updated', guildId, item: { id: guildId, ...after } });
      afterCommit(() => this.tellBot(guild));
      return after;
    });
  }

  /** What the bot has to know of all guilds, or of one. */
  async configuration(guildId?: Snowflake): Promise<BotConfiguration> {
    const guilds = await this.settings.findConfigured(guildId);
    const { locale: _, version: __, ...defaults } = this.defaults;
    return {
      webUrl: this.config.WEB_URL,
      defaults,
      guilds: guilds.map((guild) => ({ ...guild.settings, guildId: guild.guildId, locale: localeOf(guild) })),
    };
  }

  /** What of a message is stored in each of these guilds. */
  async messageContentModes(
    transaction: Transaction,
    guildIds: readonly Snowflake[],
  ): Promise<Map<Snowflake, MessageContentMode>> {
    const chosen = await this.settings.messageContentModes(transaction, guildIds);
    return new Map(guildIds.map((guildId) => [guildId, chosen.get(guildId) ?? this.defaults.messageContent]));
  }

  /** For how many days each guild keeps messages, without those that keep them for ever. */
  async messageRetentions(): Promise<{ guildId: Snowflake; days: number }[]> {
    const retentions = await this.settings.retentions();
    return retentions.flatMap(({ guildId, days = this.defaults.messageRetentionDays }) =>
      days === null ? [] : [{ guildId, days }],
    );
  }

  private async find(guildId: Snowflake): Promise<ConfiguredGuild> {
    const guild = await this.settings.find(guildId);
    if (!guild) throw missingGuild();
    return guild;
  }

  /** A bot that is not connected reads everything again when it is. */
  private tellBot({ guildId, botId }: ConfiguredGuild): void {
    void this.gatewayLink.sendToBot(botId, { type: 'configuration-changed', guildId });
  }
}

function localeOf({ settings, preferredLocale }: ConfiguredGuild): Locale {
  return settings?.locale ?? nearestLocale(preferredLocale);
}

function missingGuild(): DomainError {
  return new DomainError('not-found', { detail: 'There is no such guild.' });
}
