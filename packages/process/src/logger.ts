import { type DestinationStream, type Logger, pino, stdSerializers } from 'pino';
import pretty from 'pino-pretty';

export interface LoggerOptions {
  /** The process's name, in every line. */
  app: string;
  level: string;
  isProduction: boolean;
}

/** Never in a log, wherever they stand in an object. */
const SECRET_KEYS = ['token', 'password', 'secret', 'authorization', 'cookie'];

/**
 * An error as it is logged. Those around a failed statement repeat all its values, and these may hold what people wrote:
 * there the cause at the bottom speaks for all of them.
 */
function describeError(error: Error): object {
  let current: unknown = error;
  let bottom: unknown = error;
  let hasValues = false;
  while (current instanceof Error) {
    hasValues ||= 'params' in current;
    bottom = current;
    current = current.cause;
  }
  // Safe: the loop leaves the last error of the chain there.
  return stdSerializers.err(hasValues ? (bottom as Error) : error);
}

/** Pretty in a terminal, one JSON object per line everywhere else. */
export function createLogger({ app, level, isProduction }: LoggerOptions, destination?: DestinationStream): Logger {
  const redact = [
    ...SECRET_KEYS,
    ...SECRET_KEYS.map((key) => `*.${key}`),
    'req.headers.authorization',
    'req.headers.cookie',
  ];
  const options = { level, base: { app }, redact, serializers: { err: describeError } };
  if (destination) return pino(options, destination);
  const isReadByPeople = process.stdout.isTTY && !isProduction;
  return isReadByPeople ? pino(options, pretty({ ignore: 'pid,app' })) : pino(options);
}
