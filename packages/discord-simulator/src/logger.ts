/** What happened, in a few plain fields: never a token, never what somebody wrote. */
export interface LogEntry {
  event: string;
  [field: string]: unknown;
}

export interface Logger {
  info(entry: LogEntry): void;
  warn(entry: LogEntry): void;
}

export const silentLogger: Logger = { info: () => undefined, warn: () => undefined };

/** Writes one JSON line per event. */
export function createLogger(write: (line: string) => void): Logger {
  const log = (level: string) => (entry: LogEntry) =>
    write(`${JSON.stringify({ level, time: new Date().toISOString(), ...entry })}\n`);
  return { info: log('info'), warn: log('warn') };
}
