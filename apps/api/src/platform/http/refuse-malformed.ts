import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { type Problem, type ProblemCode, PROBLEM_TYPE_BASE, problemTable } from '@guildhall/contracts';
import { PROBLEM_MEDIA_TYPE } from '../problems/render-problem.js';

/** Headers beyond this are refused; Node's own limit, which holds cookies and tokens several times over. */
export const MAX_HEADER_BYTES = 16 * 1024;

const details: Partial<Record<ProblemCode, string>> = {
  'headers-too-large': `Send at most ${MAX_HEADER_BYTES / 1024} KiB of headers.`,
};

/**
 * Answers what is not HTTP, or more headers than are read: there is no request yet, and only the socket to write to.
 * @see https://nodejs.org/api/http.html#event-clienterror
 */
export function refuseMalformed(error: NodeJS.ErrnoException, socket: Socket): void {
  // Nobody is there to read an answer, or one is under way already.
  if (error.code === 'ECONNRESET' || !socket.writable || socket.bytesWritten > 0) {
    socket.destroy();
    return;
  }
  const code = error.code === 'HPE_HEADER_OVERFLOW' ? 'headers-too-large' : 'bad-request';
  const { status, title } = problemTable[code];
  const detail = details[code];
  const requestId = randomUUID();
  const type = `${PROBLEM_TYPE_BASE}${code}`;
  const problem: Problem = { type, title, status, ...(detail !== undefined && { detail }), requestId };
  const body = JSON.stringify(problem);
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    `content-type: ${PROBLEM_MEDIA_TYPE}`,
    `content-length: ${Buffer.byteLength(body)}`,
    `x-request-id: ${requestId}`,
    'cache-control: no-store',
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
