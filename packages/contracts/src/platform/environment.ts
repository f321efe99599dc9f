import { z } from 'zod';

/** The environment does not fit a process's configuration; `problems` names every variable that is wrong. */
export class EnvironmentError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`The configuration is not usable: ${problems.join('; ')}`);
    this.name = 'EnvironmentError';
  }
}

export interface ParsedEnvironment<T> {
  config: T;
  /** One sentence for each alias that was used, for the log. */
  notices: string[];
}

/** Makes one variable out of several older ones, of which at least one is set. */
export type Composer = (parts: Readonly<Record<string, string | undefined>>) => string;

/**
 * Reads a process's configuration from its environment. Empty variables count as absent, and older names listed in
 * `aliases` (old → current) serve where the current one is not set. Where several older names together say what one current
 * name says, `composers` (by current name) puts it together.
 * @throws EnvironmentError with all problems at once
 */
export function parseEnvironment<T extends z.ZodType>(
  schema: T,
  environment: Readonly<Record<string, string | undefined>>,
  aliases: Readonly<Record<string, string>> = {},
  composers: Readonly<Record<string, Composer>> = {},
): ParsedEnvironment<z.infer<T>> {
  const values = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const notices = takeAliases(values, aliases, composers);
  const parsed = schema.safeParse(values);
  if (!parsed.success) {
    throw new EnvironmentError(
      parsed.error.issues.map((issue) => `${issue.path.join('.') || 'environment'}: ${issue.message}`),
    );
  }
  return { config: parsed.data, notices };
}

/** Fills in what only older names say, and tells which of them were used. */
function takeAliases(
  values: Record<string, string | undefined>,
  aliases: Readonly<Record<string, string>>,
  composers: Readonly<Record<string, Composer>>,
): string[] {
  const given = { ...values };
  const notices: string[] = [];
  for (const [alias, name] of Object.entries(aliases)) {
    if (given[alias] === undefined || given[name] !== undefined) continue;
    const compose = composers[name];
    values[name] ??= compose ? compose(given) : given[alias];
    notices.push(
      compose
        ? `${alias} is an older way to say a part of ${name}; it works, but please set ${name}.`
        : `${alias} is an older name of ${name}; it works, but please rename it.`,
    );
  }
  return notices;
}

/** A TCP port; 0 lets the system choose. */
export const portSchema = z.coerce.number('must be a port number').int().min(0).max(65_535);

export const logLevelSchema = z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace']);

export const nodeEnvironmentSchema = z.enum(['development', 'production', 'test']);
