import { join } from 'node:path';
import { readApiConfig } from '@guildhall/api/config';
import { readConfig as readBotConfig } from '@guildhall/bot/config';
import { EnvironmentError } from '@guildhall/contracts';
import { StartError } from '@guildhall/process';
import { type CliConfig, readCliConfig } from '../config.js';
import { loadSecrets } from '../data/secrets.js';
import { checkDatabase } from '../doctor/database.js';
import { checkDiscord, type PrivilegedIntent } from '../doctor/discord.js';
import { type Finding, ok, problem, report, warning } from '../doctor/finding.js';
import { checkDataFolder, checkNode } from '../doctor/machine.js';
import { checkStores } from '../doctor/stores.js';
import { checkWeb } from '../doctor/web.js';
import { type MaintainedFolder, openFolder, withDatabase } from '../maintenance.js';
import { makePlan, type Plan } from '../plan.js';
import { requirePorts } from '../ports.js';
import { neededPorts } from './needed-ports.js';

/** Stands for the embedded database in the plan, of which only other things are read. */
const ANY_DATABASE = 'postgresql://127.0.0.1/guildhall';

/**
 * Looks at a configuration for real, changes nothing, and says exactly what to do about what it finds.
 * @returns the exit code: 1 when there is a problem
 */
export async function doctor(environment: NodeJS.ProcessEnv, print: (text: string) => void): Promise<number> {
  const findings = await examine(environment).catch((error: unknown) => [obstacle(error)].flat());
  print(report(findings));
  return findings.some(({ level }) => level === 'problem') ? 1 : 0;
}

/** What keeps the doctor from looking further. */
function obstacle(error: unknown): Finding[] {
  const advice = 'docs/configuration.md lists every variable.';
  if (error instanceof EnvironmentError) return error.problems.map((text) => problem('Configuration', text, advice));
  if (error instanceof StartError) return [problem('Start', error.message, 'Do that, then run the doctor again.')];
  throw error;
}

async function examine(environment: NodeJS.ProcessEnv): Promise<Finding[]> {
  const { config, notices } = readCliConfig(environment);
  const folder = openFolder(config.GUILDHALL_DATA_DIR);
  try {
    const secrets = loadSecrets(join(folder.path, 'secrets.json'));
    const databaseUrl = config.DATABASE_URL ?? ANY_DATABASE;
    const plan = makePlan({ config, secrets, environment, databaseUrl, dataDir: folder.path, webDist: folder.path });
    return [
      checkNode(),
      ok('Configuration', 'every variable is understood'),
      ...notices.map((notice) => warning('Configuration', notice, 'Use the newer name.')),
      ...(await checkDataFolder(folder.path, { isInUse: !folder.isOurs })),
      ...(await databaseFindings(folder, config)),
      ...(await checkProcesses(plan, config, folder)),
    ];
  } finally {
    folder.close();
  }
}

async function databaseFindings(folder: MaintainedFolder, { DATABASE_URL: url }: CliConfig): Promise<Finding[]> {
  try {
    return await withDatabase(folder, url, checkDatabase);
  } catch (error) {
    return obstacle(error);
  }
}

async function checkProcesses(plan: Plan, config: CliConfig, folder: MaintainedFolder): Promise<Finding[]> {
  const { config: api } = readApiConfig(plan.environments.api);
  const { config: bot } = readBotConfig(plan.environments.bot);
  const isRunning = !folder.isOurs;
  const stores = await checkStores({ redisUrl: api.REDIS_URL, s3Url: api.S3_URL, smtpUrl: api.SMTP_URL });
  const web = isRunning
    ? await checkWeb({ webUrl: plan.webUrl, serviceToken: api.SERVICE_TOKEN })
    : [await portFinding(config), ok('Dashboard', 'not looked at, as Guildhall does not run here')];
  if (plan.simulatorUrl !== undefined && !isRunning) {
    return [...stores, ...web, ok('Discord', 'the local one, which starts with Guildhall')];
  }
  const discord = await checkDiscord({
    apiUrl: api.DISCORD_API_URL,
    token: bot.DISCORD_TOKEN,
    clientId: api.DISCORD_CLIENT_ID,
    clientSecret: api.DISCORD_CLIENT_SECRET,
    callbackUrl: api.DISCORD_CALLBACK_URL,
    wantedIntents: intentsOf(bot),
  });
  return [...stores, ...web, ...discord];
}

function intentsOf(bot: ReturnType<typeof readBotConfig>['config']): PrivilegedIntent[] {
  return [
    'Server Members Intent',
    ...(bot.BOT_MESSAGE_CONTENT_INTENT === 'on' ? ['Message Content Intent' as const] : []),
  ];
}

async function portFinding(config: CliConfig): Promise<Finding> {
  try {
    await requirePorts(neededPorts(config));
    return ok('Ports', 'they are free');
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    return problem('Ports', error.message, 'Do that, then run the doctor again.');
  }
}
