import {
  type BotConfiguration,
  DEFAULT_GUILD_SETTINGS,
  type GuildConfiguration,
  nearestLocale,
  type Snowflake,
} from '@guildhall/contracts';
import type { ConfigurationFile } from './configuration-file.js';

type Defaults = BotConfiguration['defaults'];

/** What the administrators of each guild chose, as last heard; kept on disk, so that the bot can speak without the API. */
export class GuildConfigurations {
  readonly #guilds: Map<string, GuildConfiguration>;
  readonly #learned = Promise.withResolvers<undefined>();
  #defaults: Defaults;
  #webUrl: string | undefined;

  constructor(private readonly file: ConfigurationFile) {
    const stored = file.read();
    this.#guilds = new Map(stored?.guilds.map((guild) => [guild.guildId, guild]));
    // Until the API has said more: the most reserved choice in everything.
    this.#defaults = stored?.defaults ?? DEFAULT_GUILD_SETTINGS;
    this.#webUrl = stored?.webUrl;
    if (stored) this.#learned.resolve(undefined);
  }

  /** Where people open the dashboard; undefined until the API has said so once. */
  get webUrl(): string | undefined {
    return this.#webUrl;
  }

  /** Resolves when the API has spoken, in this life of the bot or an earlier one. */
  get learned(): Promise<undefined> {
    return this.#learned.promise;
  }

  /** What holds in a guild. @param preferredLocale as Discord names it, for a guild that has not chosen a language here */
  of(guildId: string, preferredLocale?: string | null): GuildConfiguration {
    const known = this.#guilds.get(guildId);
    // Safe: guild ids come from Discord.
    const own = { guildId: guildId as Snowflake, locale: nearestLocale(preferredLocale), version: 0 };
    return known ?? { ...this.#defaults, ...own };
  }

  /** Takes over what the API said of all guilds: those that it does not name follow the defaults. */
  learnAll(answer: BotConfiguration): void {
    const named = new Set<string>(answer.guilds.map(({ guildId }) => guildId));
    for (const guildId of this.#guilds.keys()) if (!named.has(guildId)) this.#guilds.delete(guildId);
    this.learn(answer);
  }

  /** Takes over what the API said of some guilds; what a newer word has overtaken changes nothing. */
  learn({ webUrl, defaults, guilds }: BotConfiguration): void {
    for (const guild of guilds) {
      if (guild.version >= (this.#guilds.get(guild.guildId)?.version ?? 0)) this.#guilds.set(guild.guildId, guild);
    }
    this.#webUrl = webUrl;
    this.#defaults = defaults;
    this.file.write({ webUrl, defaults, guilds: [...this.#guilds.values()] });
    this.#learned.resolve(undefined);
  }
}
