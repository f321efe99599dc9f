import { format } from 'node:util';
import { LogLevel, type ILogger } from '@sapphire/framework';
import type { Logger } from 'pino';

const levels = {
  [LogLevel.Trace]: 'trace',
  [LogLevel.Debug]: 'debug',
  [LogLevel.Info]: 'info',
  [LogLevel.Warn]: 'warn',
  [LogLevel.Error]: 'error',
  [LogLevel.Fatal]: 'fatal',
} as const;

/** Lets Sapphire log through pino; an `Error` among the values is logged as one. */
export function sapphireLogger(logger: Logger): ILogger {
  const write = (level: LogLevel, ...values: readonly unknown[]): void => {
    if (level === LogLevel.None) return;
    const error = values.find((value) => value instanceof Error);
    const text = format(...values.filter((value) => value !== error));
    logger[levels[level]]({ feature: 'sapphire', ...(error && { err: error }) }, text || error?.message);
  };
  return {
    has: (level) => level !== LogLevel.None && logger.isLevelEnabled(levels[level]),
    write,
    trace: (...values) => write(LogLevel.Trace, ...values),
    debug: (...values) => write(LogLevel.Debug, ...values),
    info: (...values) => write(LogLevel.Info, ...values),
    warn: (...values) => write(LogLevel.Warn, ...values),
    error: (...values) => write(LogLevel.Error, ...values),
    fatal: (...values) => write(LogLevel.Fatal, ...values),
  };
}
