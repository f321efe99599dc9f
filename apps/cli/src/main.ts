import { existsSync } from 'node:fs';
import { loadEnvFile } from 'node:process';
import { parseArgs } from 'node:util';
import { EnvironmentError } from '@guildhall/contracts';
import { StartError } from '@guildhall/process';
import { migrateCommand } from './commands/migrate.js';
import { start } from './commands/start.js';

interface Command {
  summary: string;
  help: string;
  /** @returns the exit code */
  run: () => Promise<number>;
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
  const names = Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(10)} ${summary}`);
  return ['Usage: guildhall <command>', '', ...names, '', 'guildhall <command> --help tells more.'].join('\n');
}

function readArguments(): { values: { help?: boolean | undefined }; positionals: string[] } {
  try {
    return parseArgs({ allowPositionals: true, options: { help: { type: 'boolean', short: 'h' } } });
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
  return command.run();
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
