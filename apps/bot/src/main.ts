import { VERSION, announceReady, createLogger, startErrorLine, stopOnSignals } from '@guildhall/process';
import type { Logger } from 'pino';
import { bannerText } from './banner.js';
import { Bot } from './bot.js';
import { readConfig } from './config.js';

function fail(error: unknown): never {
  process.stderr.write(`${startErrorLine('bot', error)}\n`);
  process.exit(1);
}

async function run(logger: Logger, bot: Bot): Promise<void> {
  let isStopping = false;
  stopOnSignals(() => {
    isStopping = true;
    return bot.stop();
  }, logger);
  try {
    announceReady(await bot.start());
  } catch (error) {
    // A stop during the start ends it with an error of its own.
    if (!isStopping) fail(error);
  }
}

try {
  const { config, notices } = readConfig();
  const logger = createLogger({ app: 'bot', level: config.LOG_LEVEL, isProduction: config.NODE_ENV === 'production' });
  if (process.stdout.isTTY && config.NODE_ENV !== 'production') process.stdout.write(`${bannerText(VERSION)}\n`);
  for (const notice of notices) logger.warn(notice);
  await run(logger, new Bot(config, { logger, onFatal: fail }));
} catch (error) {
  fail(error);
}
