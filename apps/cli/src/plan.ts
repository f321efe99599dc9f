import { join } from 'node:path';
import { apiEnvironmentAliases, apiEnvironmentSchema, readApiConfig } from '@guildhall/api/config';
import { configSchema as botSchema, readConfig as readBotConfig } from '@guildhall/bot/config';
import { EnvironmentError } from '@guildhall/contracts';
import { configSchema as gatewaySchema, readConfig as readGatewayConfig } from '@guildhall/gateway/config';
import type { CliConfig } from './config.js';
import type { Secrets } from './data/secrets.js';

export type ProcessName = 'simulator' | 'gateway' | 'api' | 'bot';

/** The environment of each process; the simulator's is absent when Guildhall runs against Discord. */
export interface Plan {
  /** Where people open the dashboard. */
  webUrl: string;
  /** Where people open the local Discord, when it is used. */
  simulatorUrl: string | undefined;
  environments: Record<Exclude<ProcessName, 'simulator'>, Record<string, string>> & {
    simulator?: Record<string, string>;
  };
}

export interface PlanInput {
  config: CliConfig;
  secrets: Secrets;
  /** The operator's environment: settings of a process that the CLI does not know of are handed on. */
  environment: NodeJS.ProcessEnv;
  databaseUrl: string;
  dataDir: string;
  webDist: string;
}

/** What a process needs of the machine rather than of Guildhall. Everything else is given by name, secrets above all. */
const machineVariables = [
  'PATH',
  'HOME',
  'USER',
  'TMPDIR',
  'TEMP',
  'TMP',
  'SystemRoot',
  'LANG',
  'LC_ALL',
  'TZ',
  'NODE_OPTIONS',
  'NODE_EXTRA_CA_CERTS',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
  'http_proxy',
  'https_proxy',
  'no_proxy',
];

/** What a process takes from the operator as it is, unless the plan decides it. */
const handedOn: Record<ProcessName, readonly string[]> = {
  simulator: ['SIMULATOR_HOST', 'SIMULATOR_ALLOW_PRODUCTION', 'NODE_ENV'],
  gateway: Object.keys(gatewaySchema.shape),
  api: [...Object.keys(apiEnvironmentSchema.shape), ...Object.keys(apiEnvironmentAliases)],
  bot: Object.keys(botSchema.shape),
};

/**
 * Decides the environment of every process and has each process's own schema look at it.
 * @throws EnvironmentError with the problems of all processes at once
 */
export function makePlan(input: PlanInput): Plan {
  const { config, secrets, environment } = input;
  const webUrl = config.WEB_URL ?? `http://localhost:${config.PORT}`;
  const isSimulated = !config.DISCORD_TOKEN;
  const simulatorUrl = isSimulated ? `http://localhost:${config.SIMULATOR_PORT}` : undefined;
  const discord = discordVariables(input, webUrl);
  const shared = {
    GATEWAY_SECRET: environment.GATEWAY_SECRET || secrets.GATEWAY_SECRET,
    SERVICE_TOKEN: environment.SERVICE_TOKEN || secrets.SERVICE_TOKEN,
    GATEWAY_URL: `http://127.0.0.1:${config.GATEWAY_PORT}`,
    GUILDHALL_DATA_DIR: input.dataDir,
  };
  const compose = (name: ProcessName, values: Record<string, string | undefined>): Record<string, string> =>
    pick({
      ...pickNames(environment, [...machineVariables, ...handedOn[name]]),
      LOG_LEVEL: config.LOG_LEVEL,
      ...values,
    });
  const environments = {
    gateway: compose('gateway', { GATEWAY_PORT: String(config.GATEWAY_PORT), GATEWAY_SECRET: shared.GATEWAY_SECRET }),
    api: compose('api', { ...shared, ...discord.api, ...apiVariables(input, webUrl), SIMULATOR_URL: simulatorUrl }),
    bot: compose('bot', {
      ...shared,
      ...discord.bot,
      API_URL: `http://${loopbackOf(config.HOST)}:${config.PORT}`,
      BOT_ID: environment.BOT_ID,
      BOT_PORT: environment.BOT_PORT || '0',
    }),
    ...(isSimulated && { simulator: compose('simulator', simulatorVariables(input, webUrl)) }),
  };
  checkEnvironments(environments);
  return { webUrl, simulatorUrl, environments };
}

function apiVariables({ config, secrets, environment, databaseUrl, webDist }: PlanInput, webUrl: string) {
  return {
    PORT: String(config.PORT),
    HOST: config.HOST,
    WEB_URL: webUrl,
    WEB_DIST: webDist,
    DATABASE_URL: databaseUrl,
    JWT_SECRET: environment.JWT_SECRET || secrets.JWT_SECRET,
    ENCRYPTION_KEY: environment.ENCRYPTION_KEY || secrets.ENCRYPTION_KEY,
    AUDIT_KEY: environment.AUDIT_KEY || secrets.AUDIT_KEY,
  };
}

function discordVariables({ config, secrets, environment }: PlanInput, webUrl: string) {
  const application = config.DISCORD_TOKEN ? config : secrets.simulator;
  const apiUrl = config.DISCORD_TOKEN ? environment.DISCORD_API_URL : `http://localhost:${config.SIMULATOR_PORT}/api`;
  const bot = { DISCORD_TOKEN: application.DISCORD_TOKEN, DISCORD_API_URL: apiUrl };
  const api = {
    DISCORD_TOKEN: application.DISCORD_TOKEN,
    DISCORD_API_URL: apiUrl,
    DISCORD_CLIENT_ID: application.DISCORD_CLIENT_ID,
    DISCORD_CLIENT_SECRET: application.DISCORD_CLIENT_SECRET,
    DISCORD_CALLBACK_URL: callbackUrl(config, webUrl),
  };
  return { api, bot };
}

function simulatorVariables({ config, secrets, dataDir }: PlanInput, webUrl: string): Record<string, string> {
  return {
    ...secrets.simulator,
    SIMULATOR_PORT: String(config.SIMULATOR_PORT),
    GUILDHALL_DATA_DIR: dataDir,
    // Where the API leaves mails while there is no mail server.
    SIMULATOR_MAIL_DIR: join(dataDir, 'mail'),
    DEMO_ACTIVITY: config.DEMO_ACTIVITY,
    DISCORD_CALLBACK_URL: callbackUrl(config, webUrl),
  };
}

function callbackUrl(config: CliConfig, webUrl: string): string {
  return config.DISCORD_CALLBACK_URL ?? `${webUrl.replace(/\/$/, '')}/api/auth/discord/callback`;
}

/** Where a process on this machine reaches one that listens on `host`. */
function loopbackOf(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}

function checkEnvironments(environments: Plan['environments']): void {
  const problems = new Set<string>();
  const checks = [
    () => readGatewayConfig(environments.gateway),
    () => readApiConfig(environments.api),
    () => readBotConfig(environments.bot),
  ];
  for (const check of checks) {
    try {
      check();
    } catch (error) {
      if (!(error instanceof EnvironmentError)) throw error;
      for (const problem of error.problems) problems.add(problem);
    }
  }
  if (problems.size > 0) throw new EnvironmentError([...problems]);
}

function pickNames(environment: NodeJS.ProcessEnv, names: readonly string[]): Record<string, string | undefined> {
  return Object.fromEntries(names.map((name) => [name, environment[name]]));
}

function pick(values: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter((entry): entry is [string, string] => Boolean(entry[1])));
}
