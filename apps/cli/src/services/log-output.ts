import { z } from 'zod';
import type { LogFile } from '../data/log-file.js';

/** What is worth a line in the terminal: pino's number for `warn` and above, or the names of those levels. */
const notableLevel = z.union([z.number().min(40), z.enum(['warn', 'error', 'fatal'])]);

const logLine = z.object({
  level: z.union([z.number(), z.string()]),
  msg: z.string().default(''),
  err: z.object({ message: z.string() }).optional(),
});

/** Takes the lines of one process: all go to its file, warnings and worse to the terminal too. */
export function logOutput(name: string, file: LogFile, print: (line: string) => void): (line: string) => void {
  return (line) => {
    file.write(line);
    const shown = lineForPeople(name, line);
    if (shown !== undefined) print(shown);
  };
}

/** @returns what a person at the terminal should see of a log line, undefined for nothing */
export function lineForPeople(name: string, line: string): string | undefined {
  if (!line.startsWith('{')) return line.trim() === '' ? undefined : `[${name}] ${line}`;
  try {
    const { level, msg, err } = logLine.parse(JSON.parse(line));
    if (!notableLevel.safeParse(level).success) return undefined;
    return `[${name}] ${[msg, err?.message].filter(Boolean).join(': ') || line}`;
  } catch {
    // Not a log line after all: a person should rather see too much than too little.
    return `[${name}] ${line}`;
  }
}
