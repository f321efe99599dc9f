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

/**
 * Reads a process's configuration from its environment. Empty variables count as absent, and older names listed in
 * `aliases` (old → current) serve where the current one is not set.
 * @throws EnvironmentError with all problems at once
 */
export function parseEnvironment<T extends z.ZodType>(
  schema: T,
  environment: Readonly<Record<string, string | undefined>>,
  aliases: Readonly<Record<string, string>> = {},
): ParsedEnvironment<z.infer<T>> {
  const values = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const notices: string[] = [];
  for (const [alias, name] of Object.entries(aliases)) {
    if (values[alias] === undefined || values[name] !== undefined) continue;
    values[name] = values[alias];
    notices.push(`${alias} is an older name of ${name}; it works, but please rename it.`);
  }
  const parsed = schema.safeParse(values);
  if (!parsed.success) {
    throw new EnvironmentError(
      parsed.error.issues.map((issue) => `${issue.path.join('.') || 'environment'}: ${issue.message}`),
    );
  }
  return { config: parsed.data, notices };
}

/** A TCP port; 0 lets the system choose. */
export const portSchema = z.coerce.number('must be a port number').int().min(0).max(65_535);

export const logLevelSchema = z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace']);

export const nodeEnvironmentSchema = z.enum(['development', 'production', 'test']);
