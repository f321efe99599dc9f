import { existsSync } from 'node:fs';
import { loadEnvFile } from 'node:process';
import { parseArgs } from 'node:util';
import { EnvironmentError } from '@guildhall/contracts';
import { StartError } from '@guildhall/process';
import { auditVerify } from './commands/audit-verify.js';
import { doctor } from './commands/doctor.js';
import { migrateCommand } from './commands/migrate.js';
import { start } from './commands/start.js';
import { userCreate } from './commands/user-create.js';

type OptionValues = Readonly<Record<string, string | boolean | undefined>>;

interface Command {
  summary: string;
  help: string;
  /** Beside `--help`. */
  options?: Record<string, { type: 'string' | 'boolean' }>;
  /** @returns the exit code */
  run: (values: OptionValues) => Promise<number>;
}

const commands: Record<string, Command> = {
  start: {
    summary: 'run everything on this machine until Ctrl-C',
    help:
      'Runs PostgreSQL, the local Discord (unless DISCORD_TOKEN is set), the gateway, the API with the dashboard, and the bot.\n' +
      'Settings come from the environment and from a .env file in the current folder; docs/configuration.md lists them.',
    run: () => start({ environment: process.env, stopSignal: stopSignal(), print: (text) => console.log(text) }),
  },
  migrate: {
    summary: 'bring the database to the schema of this version',
    help: 'Migrates the database at DATABASE_URL, or the embedded one of GUILDHALL_DATA_DIR. "start" does this by itself.',
    run: async () => {
      await migrateCommand(process.env);
      console.log('The database is up to date.');
      return 0;
    },
  },
  doctor: {
    summary: 'look at the configuration for real, and say what to do',
    help:
      'Looks at this machine, the database, the stores, the dashboard with the proxies before it, and at Discord: token,\n' +
      'intents, redirect URI, permissions and the order of roles. Changes nothing. Works while Guildhall runs as well as while it\n' +
      'is stopped; while it runs, more can be looked at.',
    run: () => doctor(process.env, (text) => console.log(text)),
  },
  'user:create': {
    summary: 'create an account that signs in by e-mail',
    help:
      'Creates an account, for the first administrator above all. Works while Guildhall runs or is stopped.\n\n' +
      '  --email <address>      what the person signs in with\n' +
      '  --role <role>          USER (default), MODERATOR or ADMIN\n' +
      '  --password <password>  8 characters or more; other people of this machine may see it. Without it one is made and printed\n' +
      '  --name <name>          what the person is called; the part of the address before the @ when absent',
    options: {
      email: { type: 'string' },
      role: { type: 'string' },
      password: { type: 'string' },
      name: { type: 'string' },
    },
    run: (values) => userCreate(process.env, values, (text) => console.log(text)),
  },
  'audit:verify': {
    summary: 'prove that nobody changed the audit log',
    help:
      'Recomputes every chain of the audit log and compares it with the heads that are written outside the database day by day.\n' +
      'Says which entry was changed, removed or cut off, and ends with 1 then. Works while Guildhall runs or is stopped.\n\n' +
      '  --guild <id>   only the chain of this guild\n' +
      '  --write-head   write the heads of today as well, when all is well',
    options: { guild: { type: 'string' }, 'write-head': { type: 'boolean' } },
    run: (values) => auditVerify(process.env, values, (text) => console.log(text)),
  },
};

/** Ctrl-C, a supervisor's SIGTERM, a closed terminal, or the end of the script that started us. */
function stopSignal(): AbortSignal {
  const controller = new AbortController();
  const stop = (): void => {
    controller.abort();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  process.on('disconnect', stop);
  return controller.signal;
}

function generalHelp(): string {
  const names = Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(12)} ${summary}`);
  return ['Usage: guildhall <command>', '', ...names, '', 'guildhall <command> --help tells more.'].join('\n');
}

function readArguments(): { values: OptionValues; positionals: string[] } {
  const name = process.argv[2] ?? '';
  const options = Object.hasOwn(commands, name) ? commands[name]?.options : undefined;
  try {
    return parseArgs({ allowPositionals: true, options: { ...options, help: { type: 'boolean', short: 'h' } } });
  } catch (error) {
    throw new StartError(
      `${(error as Error).message.split('. ')[0] ?? 'wrong arguments'}; "guildhall --help" lists what there is.`,
    );
  }
}

async function main(): Promise<number> {
  const { values, positionals } = readArguments();
  const [name, ...rest] = positionals;
  const command = name === undefined ? undefined : commands[name];
  if (name === undefined || (values.help && !command)) {
    console.log(generalHelp());
    return name === undefined && !values.help ? 1 : 0;
  }
  if (!command || rest.length > 0)
    throw new StartError(`unknown command "${positionals.join(' ')}"; "guildhall --help" lists all.`);
  if (values.help) {
    console.log(`Usage: guildhall ${name}\n\n${command.help}`);
    return 0;
  }
  if (existsSync('.env')) loadEnvFile('.env');
  return command.run(values);
}

/** The one line for whatever went wrong; only a defect of Guildhall shows where it happened. */
function lineOf(error: unknown): string {
  if (error instanceof StartError || error instanceof EnvironmentError) return `Guildhall: ${error.message}`;
  return `Guildhall: unexpected: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}

try {
  process.exit(await main());
} catch (error) {
  console.error(lineOf(error));
  process.exit(1);
}
