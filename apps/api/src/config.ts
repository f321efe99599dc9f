import {
  logLevelSchema,
  nodeEnvironmentSchema,
  parseEnvironment,
  portSchema,
  snowflakeSchema,
} from '@guildhall/contracts';
import { z } from 'zod';
import { isS3Url } from './platform/files/s3-location.rules.js';
import { composeRedisUrl } from './platform/key-value/redis-url.rules.js';
import { isSender } from './platform/mail/sender.rules.js';
import { isHostList } from './platform/http/allowed-hosts.rules.js';
import { isRateLimits } from './platform/rate-limits/rate-classes.rules.js';

const secret = z.string().min(32, 'must have at least 32 characters');

/** The API's configuration, one variable a line; `docs/configuration.md` is generated from it. */
export const apiEnvironmentSchema = z
  .object({
    PORT: portSchema.default(3000).describe('Port of the API and the dashboard.'),
    HOST: z.string().default('127.0.0.1').describe('Address to listen on; `0.0.0.0` in a container.'),
    WEB_URL: z.url().default('http://localhost:3000').describe('Where people open the dashboard.'),
    WEB_DIST: z.string().optional().describe('Folder of the built dashboard; without it the API serves no pages.'),
    DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).describe('PostgreSQL 15 or newer.'),
    REDIS_URL: z
      .url({ protocol: /^rediss?$/, error: 'must be a redis:// or rediss:// URL' })
      .optional()
      .describe('Redis 7 or newer, or Valkey, shared by all APIs; without it short-lived facts are kept in memory.'),
    S3_URL: z
      .string()
      .refine(isS3Url, 'must look like https://key:secret@host/bucket?region=eu-west-3')
      .optional()
      .describe(
        'S3-compatible store for files, `https://key:secret@host/bucket?region=eu-west-3&pathStyle=false`; without it they are in the data folder.',
      ),
    SMTP_URL: z
      .url({ protocol: /^smtps?$/, error: 'must be an smtp:// or smtps:// URL' })
      .optional()
      .describe('Mail server; without it mails are written to `mail` in the data folder.'),
    MAIL_FROM: z
      .string()
      .refine(isSender, 'must look like Guildhall <guildhall@example.org>')
      .default('Guildhall <guildhall@localhost>')
      .describe('Sender of mails.'),
    GATEWAY_URL: z
      .string()
      .default('http://127.0.0.1:3001')
      .describe('Gateways, comma-separated; the API connects to each.'),
    GATEWAY_SECRET: secret.describe('Shared secret of gateways, bots and APIs.'),
    SERVICE_TOKEN: secret.describe('What the bot shows when it calls the API for a person.'),
    JWT_SECRET: secret.describe('Signs access tokens.'),
    JWT_ACCESS_EXPIRATION: z
      .string()
      .regex(/^\d+[smhd]$/, 'must look like 15m')
      .default('15m')
      .describe('Life of an access token.'),
    JWT_REFRESH_EXPIRATION: z
      .string()
      .regex(/^\d+[smhd]$/, 'must look like 7d')
      .default('7d')
      .describe('Life of a session that is not used.'),
    ENCRYPTION_KEY: z
      .string()
      .regex(
        /^(?:[\w-]{1,32}:)?[0-9a-f]{64}(?:,[\w-]{1,32}:[0-9a-f]{64})*$/i,
        'must be 64 hexadecimal digits, or a list of id:digits',
      )
      .describe(
        "Encrypts Discord's tokens at rest. For a rotation `new:<64 hex>,old:<64 hex>`: the first one encrypts.",
      ),
    AUDIT_KEY: z
      .string()
      .regex(
        /^(?:[\w-]{1,32}:)?[^\s:,]{32,}(?:,[\w-]{1,32}:[^\s:,]{32,})*$/,
        'must have at least 32 characters, or be a list of id:secret',
      )
      .describe(
        'Signs the audit log. For a rotation `new:<secret>,old:<secret>`: the first one signs, all of them verify.',
      ),
    REGISTRATION: z
      .enum(['open', 'closed'])
      .default('closed')
      .describe('Whether people create e-mail accounts by themselves; those with an invitation always may.'),
    DISCORD_API_URL: z.url().default('https://discord.com/api').describe("Discord's API, or a simulator's."),
    DISCORD_TOKEN: z
      .string('is required: the token of your bot from https://discord.com/developers/applications')
      .min(1)
      .describe('Token of the bot, with which the API writes to Discord.'),
    DISCORD_CLIENT_ID: z
      .string()
      .regex(/^\d{15,20}$/, "must be the application's id")
      .describe('Application id, for sign-in.'),
    DISCORD_CLIENT_SECRET: z.string().min(1).describe('OAuth2 secret of the application.'),
    DISCORD_CALLBACK_URL: z
      .url()
      .default('http://localhost:3000/api/auth/discord/callback')
      .describe('Redirect URI as registered with Discord.'),
    DISCORD_OAUTH_SCOPES: z.string().default('identify guilds email').describe('OAuth2 scopes asked for at sign-in.'),
    SIMULATOR_URL: z.url().optional().describe("The local Discord's client, where one is used."),
    GUILDHALL_DATA_DIR: z.string().default('.data').describe('Folder for everything Guildhall keeps on disk.'),
    TRUSTED_PROXIES: z
      .string()
      .optional()
      .describe('Addresses or networks of reverse proxies, comma-separated, whose X-Forwarded-* headers count.'),
    ALLOWED_HOSTS: z
      .string()
      .refine(isHostList, 'must be host names or addresses without ports, comma-separated')
      .optional()
      .describe(
        'Further names by which the API is called, comma-separated, such as that of its container; those of `WEB_URL`, `DISCORD_CALLBACK_URL`, `HOST` and this machine always are.',
      ),
    RATE_LIMITS: z
      .string()
      .refine(isRateLimits, 'must look like read=600,write=120,sign-in=20,expensive=20')
      .default('read=600,write=120,sign-in=20,expensive=20')
      .describe('Requests a minute that one caller has of each kind; sign-ins are counted by address.'),
    GUILD_ID: snowflakeSchema.optional().describe('The guild of `API_KEY`.'),
    API_KEY: z
      .string()
      .regex(/^gh_[\w-]{32,200}$/, 'must begin with gh_ and go on with 32 to 200 letters, digits, _ or -')
      .optional()
      .describe('A key of the guild `GUILD_ID` that exists from the start, for automations.'),
    ENABLE_METRICS: z.stringbool().default(true).describe('Serves /metrics to this machine.'),
    LOG_LEVEL: logLevelSchema.default('info').describe('How much is logged.'),
    NODE_ENV: nodeEnvironmentSchema.default('production').describe('Set by tests and developers only.'),
  })
  .refine(({ API_KEY, GUILD_ID }) => API_KEY === undefined || GUILD_ID !== undefined, {
    path: ['GUILD_ID'],
    message: 'is needed to say which guild API_KEY is for',
  });

export type ApiConfig = z.infer<typeof apiEnvironmentSchema>;

const SECONDS_PER_UNIT: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 };

/** The seconds of a duration such as `15m`; its form was checked when the configuration was read. */
export function durationSeconds(duration: string): number {
  return Number(duration.slice(0, -1)) * (SECONDS_PER_UNIT[duration.slice(-1)] ?? 1);
}

/** Older names that keep working. */
export const apiEnvironmentAliases = {
  FRONTEND_URL: 'WEB_URL',
  DISCORD_BOT_TOKEN: 'DISCORD_TOKEN',
  REDIS_HOST: 'REDIS_URL',
  REDIS_PORT: 'REDIS_URL',
  REDIS_DB: 'REDIS_URL',
  REDIS_PASSWORD: 'REDIS_URL',
} as const;

/** Reads the API's configuration. @throws EnvironmentError */
export function readApiConfig(environment: NodeJS.ProcessEnv) {
  return parseEnvironment(apiEnvironmentSchema, environment, apiEnvironmentAliases, { REDIS_URL: composeRedisUrl });
}
