import { z } from 'zod';
import { localeSchema } from '../platform/locales.js';
import { snowflakeSchema } from '../platform/snowflake.js';

/** How much of a message is stored: nothing, that it was written, or everything. */
export const messageContentModeSchema = z.enum(['off', 'metadata', 'full']).meta({ id: 'MessageContentMode' });
export type MessageContentMode = z.infer<typeof messageContentModeSchema>;

export const DEFAULT_PREFIX = '!';

/** What begins a prefix command: visible characters without spaces, and nothing that Discord reads as a mention or Markdown. */
export const prefixSchema = z
  .string()
  .trim()
  .regex(/^[^\s@#<>*_~`|\\/]{1,5}$/u, 'must be 1 to 5 visible characters other than @ # < > * _ ~ ` | \\ /')
  .meta({ examples: [DEFAULT_PREFIX] });

/** A name of the IANA time zone database that this runtime knows. */
export const timeZoneSchema = z
  .string()
  .max(64)
  .refine(isTimeZone, 'must be a time zone such as Europe/Paris')
  .meta({ examples: ['Europe/Paris'] });

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '' && /^[A-Z]/.test(name);
  } catch {
    return false;
  }
}

/** What a guild's administrators choose. */
export const guildSettingsSchema = z
  .object({
    prefix: prefixSchema,
    /** Null follows Discord's preferred locale. */
    locale: localeSchema.nullable(),
    timeZone: timeZoneSchema,
    messageContent: messageContentModeSchema,
    /** Null keeps messages until the guild's data is deleted. */
    messageRetentionDays: z.int().min(1).max(3650).nullable(),
    disabledModules: z.array(z.string().max(50)).max(50),
    version: z.int(),
  })
  .meta({ id: 'GuildSettings' });
export type GuildSettings = z.infer<typeof guildSettingsSchema>;

export const updateGuildSettingsSchema = z
  .strictObject(guildSettingsSchema.omit({ version: true }).partial().shape)
  .refine((body) => Object.keys(body).length > 0, 'names nothing to change')
  .meta({ examples: [{ prefix: '?', timeZone: 'Europe/Paris', messageContent: 'metadata' }] });
export type UpdateGuildSettings = z.infer<typeof updateGuildSettingsSchema>;

export const DEFAULT_GUILD_SETTINGS: Omit<GuildSettings, 'version'> = {
  prefix: DEFAULT_PREFIX,
  locale: null,
  timeZone: 'UTC',
  messageContent: 'metadata',
  messageRetentionDays: 90,
  disabledModules: [],
};

/** What the bot must know of a guild to speak there, also while the API is away. */
export const guildConfigurationSchema = z.object({
  guildId: snowflakeSchema,
  prefix: prefixSchema,
  locale: localeSchema,
  timeZone: z.string(),
  messageContent: messageContentModeSchema,
  messageRetentionDays: z.int().nullable(),
  disabledModules: z.array(z.string()),
  /** Of the guild's settings; 0 while nobody has changed them. */
  version: z.int(),
});
export type GuildConfiguration = z.infer<typeof guildConfigurationSchema>;

/** The answer of `GET /api/interactions/configuration`, for the bot alone. */
export const botConfigurationSchema = z
  .object({
    webUrl: z.url(),
    /** For guilds that nobody has configured; each speaks the language that it prefers on Discord. */
    defaults: guildConfigurationSchema.omit({ guildId: true, locale: true, version: true }),
    guilds: z.array(guildConfigurationSchema),
  })
  .meta({ id: 'BotConfiguration' });
export type BotConfiguration = z.infer<typeof botConfigurationSchema>;
