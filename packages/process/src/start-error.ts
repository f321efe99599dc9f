import { EnvironmentError } from '@guildhall/contracts';

/** The process cannot start; the message is one line that says what to do. */
export class StartError extends Error {
  override readonly name = 'StartError';
}

/** The one line on stderr for whatever prevented the start of `processName`. */
export function startErrorLine(processName: string, error: unknown): string {
  if (error instanceof StartError || error instanceof EnvironmentError)
    return `Guildhall ${processName}: ${error.message}`;
  const reason = error instanceof Error ? error.message : String(error);
  return `Guildhall ${processName}: could not start: ${reason.replaceAll('\n', ' ')}`;
}

export interface ListenAddress {
  host: string;
  port: number;
  /** The environment variable that chooses the port. */
  variable: string;
}

/** What to tell the operator when `listen` failed. */
export function listenError(error: NodeJS.ErrnoException, address: ListenAddress): Error {
  const place = `${address.host}:${address.port}`;
  switch (error.code) {
    case 'EADDRINUSE':
      return new StartError(
        `${place} is already in use; stop what runs there or choose another port with ${address.variable}.`,
      );
    case 'EACCES':
      return new StartError(
        `listening on ${place} is not permitted; choose a port above 1023 with ${address.variable}.`,
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new StartError(
        `${address.host} is not an address of this machine; correct ${address.variable.replace('PORT', 'HOST')}.`,
      );
    default:
      return error;
  }
}
