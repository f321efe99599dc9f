import { type ProblemCode, problemTable } from '@guildhall/contracts';

export type ProblemLogLevel = 'debug' | 'info' | 'warn' | 'error';

export interface DomainErrorOptions {
  detail?: string;
  errors?: { path: string; message: string }[];
  /** Discord's own error code, where Discord refused. */
  discordCode?: number;
  /** When it is worth trying again, in seconds from now; becomes the header `Retry-After`. */
  retryAfterSeconds?: number;
  /** Defaults to `debug` for what a caller did wrong and `error` for what we did. */
  logLevel?: ProblemLogLevel;
  cause?: unknown;
}

/** What services throw: a problem's code with its circumstances, and no knowledge of HTTP. */
export class DomainError extends Error {
  readonly status: number;
  readonly detail: string | undefined;
  readonly errors: { path: string; message: string }[] | undefined;
  readonly discordCode: number | undefined;
  readonly retryAfterSeconds: number | undefined;
  readonly logLevel: ProblemLogLevel;

  constructor(
    readonly code: ProblemCode,
    options: DomainErrorOptions = {},
  ) {
    super(options.detail ?? problemTable[code].title, { cause: options.cause });
    this.name = 'DomainError';
    this.status = problemTable[code].status;
    this.detail = options.detail;
    this.errors = options.errors;
    this.discordCode = options.discordCode;
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.logLevel = options.logLevel ?? (this.status >= 500 ? 'error' : 'debug');
  }
}
