import {
  logLevelSchema,
  nodeEnvironmentSchema,
  parseEnvironment,
  portSchema,
  type ParsedEnvironment,
} from '@guildhall/contracts';
import { z } from 'zod';

const httpUrl = z.url({ protocol: /^https?$/, error: 'must be an http(s) URL' });

/** A comma-separated list, empty entries left out. */
const listSchema = z.string().transform((text) =>
  text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== ''),
);

export const configSchema = z
  .object({
    DISCORD_TOKEN: z
      .string('is required: the token of your bot from https://discord.com/developers/applications')
      .describe('Token of the bot.'),
    DISCORD_API_URL: httpUrl.default('https://discord.com/api').describe("Discord's REST API, or a simulator's."),
    GATEWAY_URL: listSchema
      .pipe(z.array(httpUrl).min(1, 'must name a gateway'))
      .prefault('http://127.0.0.1:3001')
      .describe('Gateways, comma-separated; the bot connects to any one of them.'),
    GATEWAY_SECRET: z
      .string('is required: a secret of at least 32 characters, the same for gateway, bot and API')
      .min(32, 'must have at least 32 characters')
      .describe('Secret that the bot registers with at the gateway.'),
    API_URL: httpUrl.default('http://127.0.0.1:3000').describe('Where the bot calls the API.'),
    SERVICE_TOKEN: z
      .string('is required: a secret of at least 32 characters, the same for bot and API')
      .min(32, 'must have at least 32 characters')
      .describe('Credential of the bot at the API, good for the interaction routes only.'),
    BOT_ID: z
      .string()
      .regex(/^[\w.-]{1,64}$/, 'must be 1 to 64 letters, digits, dots, dashes or underscores')
      .default('guildhall')
      .describe('Tells several bots apart; also names the outbox file.'),
    BOT_PORT: portSchema.default(3002).describe('Port of health and metrics.'),
    BOT_HOST: z.string().default('127.0.0.1').describe('Address of health and metrics.'),
    GUILDHALL_DATA_DIR: z.string().default('.data').describe('Folder that keeps the outbox.'),
    BOT_SHARD_COUNT: z.coerce
      .number('must be a number')
      .int()
      .min(1)
      .max(16_000)
      .optional()
      .describe('All shards of the bot; what Discord recommends when absent.'),
    BOT_SHARD_IDS: listSchema
      .pipe(
        z
          .array(
            z
              .string()
              .regex(/^\d{1,5}$/, 'must be shard numbers')
              .transform(Number),
          )
          .min(1),
      )
      .optional()
      .describe('The shards of this process, comma-separated; all when absent.'),
    BOT_MESSAGE_CONTENT_INTENT: z
      .enum(['on', 'off'])
      .default('on')
      .describe('`off` runs without the privileged intent: no content, no prefix commands.'),
    BOT_PRESENCE_INTENT: z
      .enum(['auto', 'on', 'off'])
      .default('auto')
      .describe('Privileged intent that tells who is online; `auto` uses it where the developer portal grants it.'),
    LOG_LEVEL: logLevelSchema.default('info').describe('Least severe level that is logged.'),
    NODE_ENV: nodeEnvironmentSchema.default('development').describe('`production` logs JSON even in a terminal.'),
  })
  .superRefine(({ BOT_SHARD_IDS: ids, BOT_SHARD_COUNT: count }, context) => {
    if (ids && count === undefined) {
      context.addIssue({ code: 'custom', path: ['BOT_SHARD_IDS'], message: 'needs BOT_SHARD_COUNT' });
    } else if (ids && ids.some((id) => id >= (count ?? 0))) {
      context.addIssue({ code: 'custom', path: ['BOT_SHARD_IDS'], message: 'must be below BOT_SHARD_COUNT' });
    }
  });

export type Config = z.infer<typeof configSchema>;

/** Names in use before, which keep working. */
const aliases = { DISCORD_BOT_TOKEN: 'DISCORD_TOKEN' };

/**
 * Reads the bot's configuration.
 * @throws EnvironmentError that names every variable that is wrong
 */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): ParsedEnvironment<Config> {
  return parseEnvironment(configSchema, environment, aliases);
}
