import { logLevelSchema, nodeEnvironmentSchema, parseEnvironment, type ParsedEnvironment } from '@guildhall/contracts';
import { z } from 'zod';

const fixedPort = z.coerce
  .number('must be a port number')
  .int()
  .min(1, 'must be 1 to 65535')
  .max(65_535, 'must be 1 to 65535');

/** What `guildhall start` itself decides by; the processes it starts have schemas of their own. */
export const cliEnvironmentSchema = z
  .object({
    PORT: fixedPort.default(3000).describe('Port of the API and the dashboard.'),
    GATEWAY_PORT: fixedPort.default(3001).describe('Port of the gateway.'),
    SIMULATOR_PORT: fixedPort.default(4400).describe('Port of the local Discord.'),
    HOST: z
      .string()
      .default('127.0.0.1')
      .describe('Address of the API and the dashboard; `0.0.0.0` for every network.'),
    GUILDHALL_DATA_DIR: z.string().default('.data').describe('Folder for everything Guildhall keeps on disk.'),
    WEB_URL: z
      .url({ protocol: /^https?$/, error: 'must be an http(s) URL' })
      .optional()
      .describe('Where people open the dashboard; `http://localhost:PORT` when absent.'),
    DATABASE_URL: z
      .url({ protocol: /^postgres(ql)?$/, error: 'must be a postgresql:// URL' })
      .optional()
      .describe('PostgreSQL 15 or newer; the embedded one when absent.'),
    DISCORD_TOKEN: z.string().optional().describe('Token of your bot; the local Discord is used when absent.'),
    DISCORD_CLIENT_ID: z.string().optional().describe('Id of your Discord application.'),
    DISCORD_CLIENT_SECRET: z.string().optional().describe('OAuth2 secret of your Discord application.'),
    DISCORD_CALLBACK_URL: z
      .url('must be a URL')
      .optional()
      .describe('Redirect URI registered with Discord; `WEB_URL/api/auth/discord/callback` when absent.'),
    SIMULATOR_ALLOW_PRODUCTION: z
      .enum(['0', '1', 'true', 'false'])
      .default('0')
      .describe('`1` asks for the local Discord by name, which `NODE_ENV=production` requires.'),
    DEMO_ACTIVITY: z.enum(['on', 'off']).default('on').describe('`off` silences the people of the demo guilds.'),
    DEMO_RESET: z.enum(['0', '1']).default('0').describe('`1` starts the local Discord afresh.'),
    LOG_LEVEL: logLevelSchema.default('info').describe('Least severe level that is logged.'),
    NODE_ENV: nodeEnvironmentSchema.optional().describe('`production` refuses the local Discord unless asked for.'),
  })
  .superRefine((values, context) => {
    refuseSharedPorts(values, context);
    if (values.DISCORD_TOKEN) {
      for (const name of ['DISCORD_CLIENT_ID', 'DISCORD_CLIENT_SECRET'] as const) {
        if (!values[name])
          context.addIssue({ code: 'custom', path: [name], message: 'is required with DISCORD_TOKEN, for sign-in' });
      }
    } else if (values.NODE_ENV === 'production' && !['1', 'true'].includes(values.SIMULATOR_ALLOW_PRODUCTION)) {
      context.addIssue({
        code: 'custom',
        path: ['DISCORD_TOKEN'],
        message:
          'is required with NODE_ENV=production (or SIMULATOR_ALLOW_PRODUCTION=1, on a machine nobody else can reach)',
      });
    }
  });

export type CliConfig = z.infer<typeof cliEnvironmentSchema>;

/** Older names that keep working. */
export const cliEnvironmentAliases = { FRONTEND_URL: 'WEB_URL', DISCORD_BOT_TOKEN: 'DISCORD_TOKEN' } as const;

/**
 * Reads the configuration of `guildhall start`.
 * @throws EnvironmentError that names every variable that is wrong
 */
export function readCliConfig(environment: NodeJS.ProcessEnv): ParsedEnvironment<CliConfig> {
  return parseEnvironment(cliEnvironmentSchema, environment, cliEnvironmentAliases);
}

function refuseSharedPorts(
  values: { PORT: number; GATEWAY_PORT: number; SIMULATOR_PORT: number },
  context: z.RefinementCtx,
): void {
  const taken = new Map([[values.PORT, 'PORT']]);
  for (const name of ['GATEWAY_PORT', 'SIMULATOR_PORT'] as const) {
    const other = taken.get(values[name]);
    if (other) context.addIssue({ code: 'custom', path: [name], message: `must differ from ${other}` });
    taken.set(values[name], name);
  }
}
