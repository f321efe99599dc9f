import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { StartError } from '@guildhall/process';

/** A port the start needs, and the variable that moves it. */
export interface NeededPort {
  variable: string;
  port: number;
  host: string;
  /** Who listens there, as a person would say it. */
  purpose: string;
}

/**
 * Looks whether the ports are free before anything is started.
 * @param patienceMs how long to wait for them: the processes of a Guildhall that was killed need a moment to notice
 * @throws StartError in one line that names every taken port and how to move it
 */
export async function requirePorts(ports: readonly NeededPort[], patienceMs = 0): Promise<void> {
  for (let waitedMs = 0; ; waitedMs += 200) {
    const complaints = (await Promise.all(ports.map(complaintAbout))).filter((text) => text !== undefined);
    if (complaints.length === 0) return;
    if (waitedMs >= patienceMs) throw new StartError(complaints.join(' '));
    await delay(200);
  }
}

async function complaintAbout({ variable, port, host, purpose }: NeededPort): Promise<string | undefined> {
  const code = await listenProblem(port, host);
  switch (code) {
    case undefined:
      return undefined;
    case 'EADDRINUSE':
      return `port ${port}, which ${purpose} needs, is already in use: stop what runs there, or choose another with ${variable}.`;
    case 'EACCES':
      return `port ${port}, which ${purpose} needs, is not permitted to this user: choose one above 1023 with ${variable}.`;
    default:
      return `${purpose} cannot listen on ${host}:${port} (${code}): correct HOST or ${variable}.`;
  }
}

async function listenProblem(port: number, host: string): Promise<string | undefined> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      resolve(error.code ?? error.message);
    });
    server.listen({ port, host, exclusive: true }, () => {
      server.close(() => {
        resolve(undefined);
      });
    });
  });
}
