import {
  logLevelSchema,
  nodeEnvironmentSchema,
  parseEnvironment,
  portSchema,
  type ParsedEnvironment,
} from '@guildhall/contracts';
import { z } from 'zod';

export const configSchema = z.object({
  GATEWAY_PORT: portSchema.default(3001).describe('Port of the gateway, for sockets, health and metrics.'),
  GATEWAY_HOST: z.string().default('127.0.0.1').describe('Address the gateway listens on.'),
  GATEWAY_SECRET: z
    .string('is required: a secret of at least 32 characters, the same for gateway, bot and API')
    .min(32, 'must have at least 32 characters')
    .describe('Secret that bots and APIs register with.'),
  LOG_LEVEL: logLevelSchema.default('info').describe('Least severe level that is logged.'),
  NODE_ENV: nodeEnvironmentSchema.default('development').describe('`production` logs JSON even in a terminal.'),
});

export type Config = z.infer<typeof configSchema>;

/**
 * Reads the gateway's configuration.
 * @throws EnvironmentError that names every variable that is wrong
 */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): ParsedEnvironment<Config> {
  return parseEnvironment(configSchema, environment);
}
